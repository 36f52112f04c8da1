package dev.millrace.io.parquet;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.Compression;
import dev.millrace.io.Events;
import dev.millrace.io.Tables;
import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.RecordSchema.Field;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowGroupEncoderTest {
  private static final RecordSchema ALL_TYPES =
      RecordSchema.of(
          "all",
          Field.optional("text", FieldType.STRING),
          Field.optional("whole", FieldType.INTEGER),
          Field.optional("number", FieldType.NUMBER),
          Field.optional("flag", FieldType.BOOLEAN),
          Field.optional("day", FieldType.DATE),
          Field.optional("moment", FieldType.TIMESTAMP));

  @TempDir Path folder;

  /** As a hash set, encodings have another order in each process: one run alone can't tell. */
  @Test
  void listsTheEncodingsOfEachColumnInTheirOrder() throws IOException {
    RecordBuilder builder = new RecordBuilder(ALL_TYPES);
    List<Record> rows = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      rows.add(
          builder
              .clear()
              .set("text", "the same " + i % 3)
              .set("whole", (long) (i % 3))
              .set("moment", Instant.ofEpochSecond(i % 3))
              .build(i, "f", i));
    }
    RowGroupEncoder encoder = new RowGroupEncoder(ALL_TYPES, Compression.ZSTD);
    byte[] rowGroup = encoder.encode(rows);
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    encoder.join(List.of(() -> rowGroup, () -> rowGroup), joined);

    for (byte[] file : List.of(rowGroup, joined.toByteArray())) {
      List<List<Encoding>> encodings = encodings(file);
      assertThat(encodings.get(0).size(), is(3));
      for (List<Encoding> ofColumn : encodings) {
        assertThat(ofColumn, equalTo(ofColumn.stream().sorted().toList()));
      }
    }
  }

  private static List<List<Encoding>> encodings(byte[] file) throws IOException {
    int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
    return Util.readFileMetaData(new ByteArrayInputStream(file, file.length - 8 - length, length))
        .getRow_groups()
        .stream()
        .flatMap(group -> group.getColumns().stream())
        .map(column -> column.getMeta_data().getEncodings())
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void writesEveryTypeSoThatDuckDbReadsIt(Compression compression) throws Exception {
    RecordBuilder builder = new RecordBuilder(ALL_TYPES);
    Record full =
        builder
            .set("text", "İstanbul 🛫")
            .set("whole", Long.MIN_VALUE)
            .set("number", -0.125)
            .set("flag", true)
            .set("day", LocalDate.parse("1583-10-15"))
            .set("moment", Instant.parse("1969-12-31T23:59:59.999999Z"))
            .build(0, "f", 0);
    Record other =
        builder
            .clear()
            .set("text", "")
            .set("whole", Long.MAX_VALUE)
            .set("number", Double.MAX_VALUE)
            .set("flag", false)
            .set("day", LocalDate.parse("9999-12-31"))
            .set("moment", Instant.parse("2001-01-15T10:30:00.000001Z"))
            .build(0, "f", 1);
    Record none = builder.clear().build(0, "f", 2);
    Path file = write(new RowGroupEncoder(ALL_TYPES, compression), List.of(full, other, none));
    assertThat(
        Tables.query("SELECT * FROM read_parquet('%s')".formatted(file)),
        contains(
            "İstanbul 🛫|-9223372036854775808|-0.125|true|1583-10-15|1969-12-31T23:59:59.999999Z",
            "|9223372036854775807|1.7976931348623157E308|false|9999-12-31"
                + "|2001-01-15T10:30:00.000001Z",
            "null|null|null|null|null|null"));
    assertThat(
        Tables.query(
            "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet('%s'))"
                .formatted(file)),
        contains(
            "text|VARCHAR",
            "whole|BIGINT",
            "number|DOUBLE",
            "flag|BOOLEAN",
            "day|DATE",
            "moment|TIMESTAMP WITH TIME ZONE"));
  }

  @Test
  void describesItselfTheWayParquetDoes() throws Exception {
    Path file = write(new RowGroupEncoder(ALL_TYPES, Compression.ZSTD), List.of(nothing()));
    ParquetMetadata footer = footer(file);
    assertThat(
        footer.getFileMetaData().getSchema().getColumns().stream()
            .map(column -> column.getPrimitiveType())
            .map(
                type ->
                    "%s %s %s %s"
                        .formatted(
                            type.getRepetition(),
                            type.getPrimitiveTypeName(),
                            type.getName(),
                            type.getLogicalTypeAnnotation()))
            .toList(),
        contains(
            "OPTIONAL BINARY text STRING",
            "OPTIONAL INT64 whole null",
            "OPTIONAL DOUBLE number null",
            "OPTIONAL BOOLEAN flag null",
            "OPTIONAL INT32 day DATE",
            "OPTIONAL INT64 moment TIMESTAMP(MICROS,true)"));
    assertThat(
        footer.getFileMetaData().getKeyValueMetaData(),
        equalTo(Map.of("writer.model.name", "millrace")));
    assertThat(footer.getBlocks().get(0).getColumns().get(0).getCodec().name(), equalTo("ZSTD"));
  }

  @Test
  void writesManyRowsInTheirOrder() throws Exception {
    List<Record> rows = new ArrayList<>();
    for (int i = 0; i < 50_007; i++) {
      rows.add(Events.at(0, i));
    }
    Path file = write(new RowGroupEncoder(Events.SCHEMA, Compression.ZSTD), rows);
    assertThat(
        Tables.query(
            """
            SELECT count(*), count(value), sum(value),
              count(*) FILTER (id = file_row_number AND name = 'name ' || (id %% 3))
            FROM read_parquet('%s', file_row_number = true)"""
                .formatted(file)),
        contains("50007|37505|" + sumOfValues(50_007) + "|50007"));
    assertThat(
        footer(file).getBlocks().stream().map(BlockMetaData::getRowCount).toList(),
        contains(50_007L));
  }

  @Test
  void usesADictionaryWhereValuesRepeat() throws Exception {
    List<Record> rows = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      rows.add(Events.at(0, i));
    }
    Path file = write(new RowGroupEncoder(Events.SCHEMA, Compression.NONE), rows);
    var columns = footer(file).getBlocks().get(0).getColumns();
    assertThat(columns.get(0).hasDictionaryPage(), is(false));
    assertThat(columns.get(1).hasDictionaryPage(), is(true));
  }

  @Test
  void compressesWithTheCodecAskedFor() throws Exception {
    List<Record> rows = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      rows.add(Events.at(0, i));
    }
    int none = new RowGroupEncoder(Events.SCHEMA, Compression.NONE).encode(rows).length;
    int snappy = new RowGroupEncoder(Events.SCHEMA, Compression.SNAPPY).encode(rows).length;
    int zstd = new RowGroupEncoder(Events.SCHEMA, Compression.ZSTD).encode(rows).length;
    assertThat(snappy, lessThan(none));
    assertThat(zstd, lessThan(snappy));
  }

  @Test
  void givesTheSameBytesForTheSameRows() throws IOException {
    List<Record> rows = List.of(Events.at(1, 1), Events.at(2, 2));
    byte[] once = new RowGroupEncoder(Events.SCHEMA, Compression.ZSTD).encode(rows);
    byte[] again = new RowGroupEncoder(Events.SCHEMA, Compression.ZSTD).encode(rows);
    assertThat(Arrays.equals(once, again), is(true));
  }

  @Test
  void refusesARecordThatLacksARequiredValue() {
    Record incomplete = new RecordBuilder(Events.SCHEMA).set("id", 1).build(0, "f", 0);
    RowGroupEncoder encoder = new RowGroupEncoder(Events.SCHEMA, Compression.ZSTD);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> encoder.encode(List.of(incomplete)));
    assertThat(e.getMessage(), equalTo("Cannot write event: required field name has no value"));
  }

  private static String sumOfValues(int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += i % 4 == 0 ? 0 : i / 2.0;
    }
    return String.valueOf(sum);
  }

  private static Record nothing() {
    return new RecordBuilder(ALL_TYPES).build(0, "f", 0);
  }

  private Path write(RowGroupEncoder encoder, List<Record> rows) throws IOException {
    return Files.write(folder.resolve("rows.parquet"), encoder.encode(rows));
  }

  private static ParquetMetadata footer(Path file) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    try (ParquetFileReader reader = new ParquetFileReader(new LocalInputFile(file), options)) {
      return reader.getFooter();
    }
  }
}
