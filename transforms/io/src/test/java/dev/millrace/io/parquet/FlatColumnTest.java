package dev.millrace.io.parquet;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.millrace.io.Compression;
import dev.millrace.io.Tables;
import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.RecordSchema.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written here, DuckDB reads, and Parquet's own reader says what it is. */
class FlatColumnTest {
  private static final RecordSchema SCHEMA =
      RecordSchema.of(
          "all",
          Field.optional("text", FieldType.STRING),
          Field.optional("whole", FieldType.INTEGER),
          Field.optional("number", FieldType.NUMBER),
          Field.optional("flag", FieldType.BOOLEAN),
          Field.optional("day", FieldType.DATE));

  /** Two pages and a part of a third. */
  private static final int ROWS = 2 * FlatColumn.PAGE_ROWS + 4_321;

  @TempDir Path folder;
  private final Random random = new Random(5);

  /** Up to those of a byte, and where numbers of entries need one bit more; runs among them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 9, 200, 256, 257, 5_000, 1 << 30})
  void writesSoManyDistinctValues(int distinct) throws Exception {
    long[] last = {0};
    assertWritten(
        row -> {
          last[0] = random.nextInt(4) == 0 ? last[0] : random.nextInt(distinct);
          return random.nextInt(9_000) < 9_000 - distinct % 7 * 1_000 ? last[0] : null;
        });
  }

  @Test
  void writesLongRunsBetweenShortOnes() throws Exception {
    assertWritten(row -> row % 1_000 < 700 ? row / 1_000L % 3 : row % 5L);
  }

  @Test
  void writesPagesWithoutAValueBetweenOthers() throws Exception {
    assertWritten(row -> row / FlatColumn.PAGE_ROWS == 1 ? null : row % 3L);
    assertWritten(row -> null);
  }

  /** The sample sees each twentieth row, and the dictionary all of them. */
  @Test
  void givesADictionaryUpThatGrowsTooLarge() throws Exception {
    int step = 20;
    String filler = "x".repeat(100);
    List<Record> rows = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    RecordBuilder builder = new RecordBuilder(SCHEMA);
    for (int row = 0; row < step * 2_048; row++) {
      String text = filler + (row % step == 0 ? 0 : row);
      texts.add(text);
      rows.add(builder.clear().set("text", text).build(row, "f", row));
    }
    Path file = write(rows);
    assertThat(Tables.query("SELECT text FROM read_parquet('%s')".formatted(file)), equalTo(texts));
    ColumnChunkMetaData text = columns(file).get(0);
    assertThat(text.getEncodings().contains(FlatColumn.DICTIONARY), is(true));
    assertThat(text.getEncodings().contains(Encoding.PLAIN), is(true));
  }

  /** Values that are made of a number each, or of none. */
  private void assertWritten(Function<Integer, Long> values) throws Exception {
    List<Record> rows = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();
    RecordBuilder builder = new RecordBuilder(SCHEMA);
    for (int row = 0; row < ROWS; row++) {
      Long value = values.apply(row);
      numbers.add(value);
      builder.clear();
      if (value != null) {
        builder
            .set("text", text(value))
            .set("whole", value - 2)
            .set("number", number(value))
            .set("flag", value % 2 == 1)
            .set("day", day(value));
      }
      rows.add(builder.build(row, "f", row));
    }
    Path file = write(rows);
    assertThat(
        Tables.query("SELECT * FROM read_parquet('%s')".formatted(file)),
        equalTo(numbers.stream().map(FlatColumnTest::shown).toList()));
    assertDescribed(file, numbers);
  }

  private static String text(long value) {
    return Long.toString(value, 36) + (value % 3 == 0 ? "\u00e9" : "");
  }

  private static double number(long value) {
    return (value % 2 == 0 ? -1 : 1) * (value / 4.0 + 0.5); // zero has two bounds in Parquet
  }

  private static LocalDate day(long value) {
    return LocalDate.ofEpochDay(value % 20_000);
  }

  private static String shown(Long value) {
    return value == null
        ? "null|null|null|null|null"
        : String.join(
            "|",
            text(value),
            Long.toString(value - 2),
            Double.toString(number(value)),
            Boolean.toString(value % 2 == 1),
            day(value).toString());
  }

  private static void assertDescribed(Path file, List<Long> values) throws IOException {
    List<ColumnChunkMetaData> columns = columns(file);
    long nulls = values.stream().filter(Objects::isNull).count();
    List<Long> present = values.stream().filter(Objects::nonNull).toList();
    for (ColumnChunkMetaData column : columns) {
      assertThat(column.getStatistics().getNumNulls(), is(nulls));
    }
    if (present.isEmpty()) {
      return;
    }
    assertBounds(columns.get(1), present.stream().map(value -> value - 2).toList());
    assertBounds(columns.get(2), present.stream().map(FlatColumnTest::number).toList());
    assertBounds(columns.get(3), present.stream().map(value -> value % 2 == 1).toList());
    assertBounds(
        columns.get(4), present.stream().map(value -> (int) day(value).toEpochDay()).toList());
    // All letters but one are of ASCII, so that the order of characters is that of bytes.
    List<String> texts = present.stream().map(FlatColumnTest::text).sorted().toList();
    Statistics<?> text = columns.get(0).getStatistics();
    assertThat(text.minAsString(), is(texts.get(0)));
    assertThat(text.maxAsString(), is(texts.get(texts.size() - 1)));
  }

  private static <T extends Comparable<T>> void assertBounds(
      ColumnChunkMetaData column, List<T> values) {
    List<T> sorted = values.stream().sorted().toList();
    assertThat(column.getStatistics().genericGetMin(), equalTo(sorted.get(0)));
    assertThat(column.getStatistics().genericGetMax(), equalTo(sorted.get(sorted.size() - 1)));
  }

  private Path write(List<Record> rows) throws IOException {
    RowGroupEncoder encoder = new RowGroupEncoder(SCHEMA, Compression.ZSTD);
    return Files.write(folder.resolve("rows.parquet"), encoder.encode(rows));
  }

  private static List<ColumnChunkMetaData> columns(Path file) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    try (ParquetFileReader reader = new ParquetFileReader(new LocalInputFile(file), options)) {
      return reader.getFooter().getBlocks().get(0).getColumns();
    }
  }
}
