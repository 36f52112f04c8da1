package dev.millrace.io.parquet;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.Compression;
import dev.millrace.io.Tables;
import dev.millrace.record.ArrayBuilder;
import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordArray;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.RecordSchema.Field;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NestedColumnTest {
  private static final Field ITEM =
      Field.object(
          "item",
          Field.required("sku", FieldType.STRING),
          Field.decimal("price", 18, 2),
          Field.array("tags", Field.optional("tag", FieldType.STRING)));
  private static final RecordSchema ORDER =
      RecordSchema.of(
          "order",
          Field.required("id", FieldType.INTEGER),
          Field.decimal("small", 9, 3),
          Field.optional("opens", FieldType.TIME),
          Field.object(
              "ship_to",
              Field.optional("city", FieldType.STRING),
              Field.optional("since", FieldType.DATE),
              Field.optional("seen", FieldType.TIMESTAMP),
              Field.optional("vip", FieldType.BOOLEAN)),
          Field.array("items", ITEM),
          Field.array("grid", Field.array("row", Field.optional("cell", FieldType.NUMBER))));

  @TempDir Path folder;

  @Test
  void duckDbReadsWhatIsNestedAndWhatIsAbsent() throws Exception {
    Path file = write(orders());

    String table = "read_parquet('%s')".formatted(file);
    assertThat(
        Tables.query("SELECT id, small, opens, ship_to IS NULL FROM " + table),
        contains(
            "1|-0.125|08:30:00.000001|false",
            "2|null|null|false",
            "3|999999.999|23:59:59.999999|true"));
    assertThat(
        Tables.query("SELECT ship_to.city, ship_to.since, ship_to.seen, ship_to.vip FROM " + table),
        contains(
            "Łódź|1999-01-02|2001-01-15T10:30:00.000001Z|true",
            "null|null|null|null",
            "null|null|null|null"));
    assertThat(
        Tables.query("SELECT to_json(items)::VARCHAR, to_json(grid)::VARCHAR FROM " + table),
        contains(
            "[{\"sku\":\"A-1\",\"price\":-12.50,\"tags\":[\"x\",null,\"\"]},null,"
                + "{\"sku\":\"B\",\"price\":null,\"tags\":null}]|[[1.5,null],[],null]",
            "[]|[]",
            "null|null"));
  }

  @Test
  void parquetJavaReadsTheSameThroughItsOwnReader() throws Exception {
    Path file = write(orders());
    List<Group> groups = read(file);

    Group items = groups.get(0).getGroup("items", 0);
    assertThat(items.getFieldRepetitionCount("list"), is(3));
    Group first = items.getGroup("list", 0).getGroup("element", 0);
    assertThat(first.getString("sku", 0), is("A-1"));
    assertThat(first.getLong("price", 0), is(-1250L));
    assertThat(first.getGroup("tags", 0).getFieldRepetitionCount("list"), is(3));
    assertThat(items.getGroup("list", 1).getFieldRepetitionCount("element"), is(0));
    assertThat(groups.get(1).getGroup("items", 0).getFieldRepetitionCount("list"), is(0));
    assertThat(groups.get(2).getFieldRepetitionCount("items"), is(0));
  }

  @Test
  void keepsTheShapeOfArraysOfArraysOfObjects() throws Exception {
    RecordSchema schema =
        RecordSchema.of(
            "deep",
            Field.array(
                "a",
                Field.array(
                    "b",
                    Field.object(
                        "c",
                        Field.optional("x", FieldType.INTEGER),
                        Field.array("y", Field.required("z", FieldType.INTEGER).required())))));
    Random random = new Random(11);
    List<Record> rows = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    RecordBuilder builder = new RecordBuilder(schema);
    for (int i = 0; i < 3000; i++) {
      builder.clear();
      if (random.nextInt(10) > 0) {
        fill(builder.array(0), random);
        builder.setArray(0);
      }
      Record row = builder.build(0, "f", i);
      rows.add(row);
      expected.add(json(row.valueAt(0)));
    }
    Path file = folder.resolve("deep.parquet");
    Files.write(file, new RowGroupEncoder(schema, Compression.ZSTD).encode(rows));

    assertThat(
        Tables.query("SELECT to_json(a)::VARCHAR FROM read_parquet('%s')".formatted(file)),
        equalTo(expected));
  }

  private static void fill(ArrayBuilder outer, Random random) {
    for (int i = random.nextInt(4); i > 0; i--) {
      RecordBuilder element = outer.next();
      if (random.nextInt(5) > 0) {
        fillInner(element.array(0), random);
        element.setArray(0);
      }
      outer.addNext();
    }
  }

  private static void fillInner(ArrayBuilder inner, Random random) {
    for (int j = random.nextInt(4); j > 0; j--) {
      RecordBuilder element = inner.next();
      if (random.nextInt(5) > 0) {
        fill(element.object(0), random);
        element.setObject(0);
      }
      inner.addNext();
    }
  }

  private static void fill(RecordBuilder object, Random random) {
    if (random.nextBoolean()) {
      object.setLong(0, random.nextInt(100));
    }
    if (random.nextInt(4) > 0) {
      ArrayBuilder values = object.array(1);
      for (int k = random.nextInt(3); k > 0; k--) {
        values.next().setLong(0, random.nextInt(100));
        values.addNext();
      }
      object.setArray(1);
    }
  }

  private static String json(Object value) {
    if (value instanceof Record object) {
      return "{\"x\":%s,\"y\":%s}".formatted(json(object.valueAt(0)), json(object.valueAt(1)));
    }
    if (value instanceof RecordArray array) {
      return "["
          + String.join(",", array.toList().stream().map(NestedColumnTest::json).toList())
          + "]";
    }
    return String.valueOf(value);
  }

  @Test
  void refusesToLeaveOutARequiredField() {
    RecordBuilder builder = new RecordBuilder(ORDER).setLong(0, 1);
    ArrayBuilder items = builder.array(4);
    RecordBuilder item = items.next();
    item.object(0);
    item.setObject(0);
    items.addNext();
    Record order = builder.setArray(4).build(0, "f", 0);
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> new RowGroupEncoder(ORDER, Compression.NONE).encode(List.of(order)));

    assertThat(failure.getMessage(), is("Cannot write items: required field sku has no value"));
  }

  private static List<Record> orders() {
    RecordBuilder item = new RecordBuilder(ITEM.nested());
    Record first =
        item.set("sku", "A-1")
            .set("price", new BigDecimal("-12.50"))
            .set("tags", Arrays.asList("x", null, ""))
            .build(0, "", -1);
    Record last = item.clear().set("sku", "B").build(0, "", -1);
    RecordBuilder builder = new RecordBuilder(ORDER).setLong(0, 1);
    builder
        .object(3)
        .set("city", "Łódź")
        .set("since", LocalDate.of(1999, 1, 2))
        .set("seen", Instant.parse("2001-01-15T10:30:00.000001Z"))
        .set("vip", true);
    Record full =
        builder
            .setObject(3)
            .set("small", new BigDecimal("-0.125"))
            .set("opens", LocalTime.parse("08:30:00.000001"))
            .set("items", Arrays.asList(first, null, last))
            .set("grid", Arrays.asList(Arrays.asList(1.5, null), List.of(), null))
            .build(0, "f", 0);
    builder.clear().setLong(0, 2).object(3);
    Record empty =
        builder.setObject(3).set("items", List.of()).set("grid", List.of()).build(0, "f", 1);
    Record none =
        builder
            .clear()
            .setLong(0, 3)
            .set("small", new BigDecimal("999999.999"))
            .set("opens", LocalTime.parse("23:59:59.999999"))
            .build(0, "f", 2);
    return List.of(full, empty, none);
  }

  private Path write(List<Record> rows) throws Exception {
    Path file = folder.resolve("rows.parquet");
    // Parquet's reader asks Hadoop for codecs, which isn't all there.
    Files.write(file, new RowGroupEncoder(ORDER, Compression.NONE).encode(rows));
    return file;
  }

  private static List<Group> read(Path file) throws Exception {
    List<Group> groups = new ArrayList<>();
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
      MessageType type = reader.getFileMetaData().getSchema();
      PageReadStore pages = reader.readNextRowGroup();
      RecordReader<Group> records =
          new ColumnIOFactory()
              .getColumnIO(type)
              .getRecordReader(pages, new GroupRecordConverter(type));
      for (long i = 0; i < pages.getRowCount(); i++) {
        groups.add(records.read());
      }
    }
    return groups;
  }
}
