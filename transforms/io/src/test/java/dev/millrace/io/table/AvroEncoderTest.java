package dev.millrace.io.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.AllTypes;
import dev.millrace.io.Compression;
import dev.millrace.io.Events;
import dev.millrace.io.TableEncoder;
import dev.millrace.io.avro.AvroBytes;
import dev.millrace.io.avro.AvroCodec;
import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.RecordSchema.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.avro.Conversions;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AvroEncoderTest {
  @TempDir Path folder;

  @SafeVarargs
  private static byte[] file(RecordSchema schema, Compression compression, List<Record>... groups)
      throws IOException {
    TableEncoder encoder = TableFormat.AVRO.encoder(schema, compression);
    List<TableEncoder.Part> parts = new ArrayList<>();
    for (List<Record> rows : groups) {
      byte[] part = encoder.encode(rows);
      parts.add(() -> part);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    encoder.join(parts, file);
    return file.toByteArray();
  }

  /** What Avro's own library reads, by its logical types. */
  private static List<GenericRecord> read(byte[] file) throws IOException {
    GenericData types = new GenericData();
    types.addLogicalTypeConversion(new Conversions.DecimalConversion());
    types.addLogicalTypeConversion(new TimeConversions.DateConversion());
    types.addLogicalTypeConversion(new TimeConversions.TimeMicrosConversion());
    types.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    List<GenericRecord> rows = new ArrayList<>();
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(
            new SeekableByteArrayInput(file), new GenericDatumReader<>(null, null, types))) {
      reader.forEach(rows::add);
    }
    return rows;
  }

  @ParameterizedTest
  @EnumSource
  void isReadByAvrosOwnLibrary(Compression compression) throws IOException {
    byte[] file =
        file(
            AllTypes.SCHEMA,
            compression,
            List.of(AllTypes.full()),
            List.of(AllTypes.bare(), AllTypes.full()));
    List<GenericRecord> rows = read(file);
    assertThat(rows.size(), is(3));
    GenericRecord full = rows.get(0);
    assertThat(full.get("id"), is(-1L));
    assertThat(full.get("text").toString(), is("\"é\\\n\u0001"));
    assertThat(full.get("number"), is(1e10));
    assertThat(full.get("decimal"), is(new BigDecimal("-12.50")));
    assertThat(full.get("flag"), is(true));
    assertThat(full.get("day"), is(LocalDate.of(1969, 12, 31)));
    assertThat(full.get("opens"), is(LocalTime.of(7, 30, 0, 500_000)));
    assertThat(full.get("at"), is(Instant.parse("1969-12-31T23:59:59.999999Z")));
    assertThat(full.get("address").toString(), is("{\"zip\": \"10\", \"marks\": [0.5, null]}"));
    assertThat(full.get("tags").toString(), is("[a, null, ]"));
    assertThat(full.get("addresses").toString(), is("[{\"zip\": null, \"marks\": []}, null]"));
    assertThat(full.get("grid").toString(), is("[[1, 2], []]"));
    GenericRecord bare = rows.get(1);
    assertThat(bare.get("id"), is(2L));
    for (int field = 1; field < bare.getSchema().getFields().size(); field++) {
      assertThat(bare.get(field), nullValue());
    }
    assertThat(rows.get(2).get("grid"), is(full.get("grid")));
  }

  @Test
  void saysInTheSchemaWhatTheTypesAre() {
    assertThat(
        AvroSchemas.of(
            RecordSchema.of(
                "2 rows",
                Field.required("a", FieldType.STRING),
                Field.decimal("b", 5, 2),
                Field.object("c", Field.required("d", FieldType.DATE)),
                Field.array("e", Field.object("f", Field.required("t", FieldType.TIMESTAMP))))),
        is(
            """
            {"type":"record","name":"_2_rows","fields":[\
            {"name":"a","type":"string"},\
            {"name":"b","type":["null",{"type":"bytes","logicalType":"decimal","precision":5,"scale":2}],"default":null},\
            {"name":"c","type":["null",{"type":"record","name":"_2_rows_c","fields":[\
            {"name":"d","type":{"type":"int","logicalType":"date"}}]}],"default":null},\
            {"name":"e","type":["null",{"type":"array","items":["null",{"type":"record","name":"_2_rows_e_item","fields":[\
            {"name":"t","type":{"type":"long","logicalType":"timestamp-micros"}}]}]}],"default":null}]}"""));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "127, 1",
    "128, 2",
    "-128, 1",
    "-129, 2",
    "999999999999999999, 8",
    "-1, 1",
    "32768, 3"
  })
  void writesDecimalsInAsFewBytesAsTheyNeed(long units, int count) throws IOException {
    RecordSchema schema = RecordSchema.of("d", Field.decimal("d", 18, 0));
    Record row = new RecordBuilder(schema).setLong(0, units).build(0, "", 0);
    AvroBytes bytes = new AvroBytes();
    bytes.decimal(units);
    assertThat(bytes.length(), is(1 + count));
    assertThat(
        read(file(schema, Compression.NONE, List.of(row))).get(0).get("d"),
        is(BigDecimal.valueOf(units)));
  }

  @Test
  void cutsManyRowsIntoBlocks() throws IOException {
    List<Record> rows = Collections.nCopies(5_000, AllTypes.full());
    byte[] file = file(AllTypes.SCHEMA, Compression.NONE, rows);
    assertThat(read(file).size(), is(5_000));
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(new SeekableByteArrayInput(file), new GenericDatumReader<>())) {
      reader.next();
      assertThat(reader.getBlockCount() < 1_000, is(true));
    }
  }

  @Test
  void isTheSameFileForTheSameRows() throws IOException {
    byte[] once = file(AllTypes.SCHEMA, Compression.ZSTD, List.of(AllTypes.full()));
    byte[] again = file(AllTypes.SCHEMA, Compression.ZSTD, List.of(AllTypes.full()));
    assertThat(Arrays.equals(once, again), is(true));
  }

  @Test
  void isReadAsTextToBeCompared() throws IOException {
    Path file =
        Files.write(
            folder.resolve("a.avro"),
            file(Events.SCHEMA, Compression.NONE, List.of(Events.at(0, 1), Events.at(0, 4))));
    assertThat(
        TableRows.read(file),
        contains(
            "{\"id\": 1, \"name\": \"name 1\", \"value\": 0.5}",
            "{\"id\": 4, \"name\": \"name 1\", \"value\": null}"));
  }

  @Test
  void refusesARequiredFieldWithoutAValue() {
    Record row = new RecordBuilder(Events.SCHEMA).set("id", 1L).build(0, "", 0);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> file(Events.SCHEMA, Compression.NONE, List.of(row)));
    assertThat(e.getMessage(), is("Cannot write event: required field name has no value"));
  }

  @Test
  void refusesANameThatIsNoneOfAvro() {
    RecordSchema schema = RecordSchema.of("t", Field.required("a-b", FieldType.STRING));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> AvroSchemas.of(schema));
    assertThat(
        e.getMessage(),
        is("Cannot write t as Avro: invalid field name a-b (expected letters, digits and _)"));
  }

  @Test
  void compressesBySomeCodecsOnly() {
    UnsupportedOperationException e =
        assertThrows(UnsupportedOperationException.class, () -> AvroCodec.XZ.encode(new byte[0]));
    assertThat(e.getMessage(), is("Cannot compress by xz: it is only read"));
  }
}
