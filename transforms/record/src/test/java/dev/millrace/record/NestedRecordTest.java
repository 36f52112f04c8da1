package dev.millrace.record;

import static dev.millrace.record.Golden.assertCodes;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.RecordSchema.Field;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NestedRecordTest {
  private static final Field ITEM =
      Field.object(
          "item",
          Field.required("sku", FieldType.STRING),
          Field.decimal("price", 12, 2),
          Field.array("tags", Field.optional("tag", FieldType.STRING)));

  private static final RecordSchema ORDER =
      RecordSchema.of(
          "order",
          Field.required("id", FieldType.STRING),
          Field.optional("opens", FieldType.TIME),
          Field.object(
              "ship_to",
              Field.optional("city", FieldType.STRING),
              Field.optional("since", FieldType.DATE)),
          Field.array("items", ITEM),
          Field.array("times", Field.optional("time", FieldType.TIMESTAMP)),
          Field.array("grid", Field.array("row", Field.optional("cell", FieldType.NUMBER))));

  private final RecordBuilder builder = new RecordBuilder(ORDER);

  @Test
  void givesEveryNestedValueBack() {
    Record order = full().build(1, "a", 2);

    assertThat(order.value("opens"), is(LocalTime.parse("08:30:00.000001")));
    Record shipTo = (Record) order.value("ship_to");
    assertThat(shipTo.value("city"), is("Łódź"));
    assertThat(shipTo.value("since"), is(LocalDate.of(1999, 1, 2)));
    RecordArray items = (RecordArray) order.value("items");
    assertThat(items.size(), is(3));
    assertThat(items.objectAt(0).value("sku"), is("A-1"));
    assertThat(items.objectAt(0).value("price"), is(new BigDecimal("-12.50")));
    assertThat(items.objectAt(0).arrayAt(2).toList(), contains("x", null, ""));
    assertThat(items.isNull(1), is(true));
    assertThat(items.objectAt(2).value("price"), is(nullValue()));
    assertThat(((RecordArray) order.value("times")).toList(), contains(Instant.EPOCH, null));
    RecordArray grid = (RecordArray) order.value("grid");
    assertThat(grid.arrayAt(0).toList(), contains(1.5, -0.25));
    assertThat(grid.arrayAt(1).size(), is(0));
    assertThat(
        order.toString(),
        is(
            "order{id=o-1, opens=08:30:00.000001, ship_to=ship_to{city=Łódź, since=1999-01-02},"
                + " items=[item{sku=A-1, price=-12.50, tags=[x, null, ]}, null,"
                + " item{sku=B, price=null, tags=null}], times=[1970-01-01T00:00:00Z, null],"
                + " grid=[[1.5, -0.25], []]} at 1970-01-01T00:00:00.001Z"));
  }

  @Test
  void isEqualWhereItsNestedValuesAre() {
    Record one = full().build(1, "a", 2);
    Record same = full().build(1, "a", 2);
    Record other = full().set("grid", List.of(List.of(1.5, -0.25), List.of(0.0))).build(1, "a", 2);

    assertThat(same, equalTo(one));
    assertThat(same.hashCode(), is(one.hashCode()));
    assertThat(same.arrayAt(3), equalTo(one.arrayAt(3)));
    assertThat(same.arrayAt(3).hashCode(), is(one.arrayAt(3).hashCode()));
    assertThat(other, not(equalTo(one)));
  }

  @Test
  void forgetsNestedValuesThatWereSetBefore() {
    full().build(1, "a", 2);
    builder.clear();
    builder.object(2).set("city", "Rome");
    Record next = builder.set("id", "o-2").setObject(2).build(1, "a", 3);

    assertThat(
        next,
        equalTo(
            new RecordBuilder(ORDER)
                .set("id", "o-2")
                .set("ship_to", next.value("ship_to"))
                .build(1, "a", 3)));
    assertThat(next.objectAt(2).value("since"), is(nullValue()));
    assertThat(next.isNull(3), is(true));
  }

  @Test
  void takesAnArrayOfManyElements() {
    List<Double> cells =
        IntStream.range(0, 1000).mapToObj(i -> i % 7 == 0 ? null : i / 2.0).toList();
    List<Object> rows = Arrays.asList(cells, null, cells);
    Record record = full().set("grid", rows).build(1, "a", 2);

    assertThat(record.arrayAt(5).arrayAt(0).toList(), equalTo(cells));
    assertThat(record.arrayAt(5).isNull(1), is(true));
    assertThat(record.arrayAt(5).arrayAt(2).toList(), equalTo(cells));
  }

  @Test
  void losesNothingWithoutItsOriginal() {
    byte[] original = "{\"id\":\"o-1\"}".getBytes(StandardCharsets.UTF_8);
    full().setText(0, original, 7, 3);
    Record with = builder.build(1, "a", 2, original, 0, original.length);

    assertThat(with.value("id"), is("o-1"));
    assertThat(with.withoutOriginal(), equalTo(full().build(1, "a", 2)));
  }

  @Test
  void passesThroughCoderAndBlock() {
    Record record = full().build(1, "a", 2);
    RecordBlock.Packer packer = new RecordBlock.Packer();
    packer.add(record);

    packer.take().forEach(ORDER, unpacked -> assertThat(unpacked, equalTo(record)));
    Golden.assertRoundTrip(RecordCoder.of(ORDER), record);
  }

  @Test
  void hasAFormatThatRunningJobsCanRestoreFrom() {
    RecordSchema schema =
        RecordSchema.of("t", Field.array("a", Field.object("o", Field.decimal("d", 3, 1))), ITEM);
    RecordBuilder small = new RecordBuilder(schema);
    ArrayBuilder array = small.array(0);
    RecordBuilder element = array.next();
    element.object(0).setLong(0, 125);
    element.setObject(0);
    array.addNext();
    array.next();
    array.addNext();

    assertCodes(
        RecordCoder.of(schema),
        small.setArray(0).build(0, "", -1),
        "0000000000000000 ffffffffffffffff 00 48"
            + ("0200000000000000" + "3000000018000000" + "0000000000000000")
            + ("0200000000000000" + "0200000000000000" + "1000000020000000" + "0000000000000000")
            + ("0000000000000000" + "7d00000000000000")
            + "00");
  }

  @Test
  void keyBytesHoldNestedValues() {
    KeyBytes key = KeyBytes.of(ORDER, List.of("items", "ship_to"));
    key.read(full().build(1, "a", 2));
    byte[] one = key.copy();
    key.read(full().set("id", "other").build(5, "b", 9));

    assertThat(key.copy(), equalTo(one));
    key.read(full().set("items", List.of()).build(1, "a", 2));
    assertThat(key.copy(), not(equalTo(one)));
  }

  @Test
  void becomesARowAndComesBack() {
    Record record = full().build(0, "", -1);

    assertThat(Record.fromRow(ORDER, record.toRow(), org.joda.time.Instant.EPOCH), equalTo(record));
  }

  @Test
  void refusesADecimalThatDoesNotFit() {
    RecordBuilder item = new RecordBuilder(ITEM.nested());
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class, () -> item.set("price", new BigDecimal("1.005")));
    assertThat(
        failure.getMessage(),
        is("Invalid price: 1.005 (expected up to 12 digits, 2 after the point)"));
    assertThrows(
        IllegalArgumentException.class, () -> item.set("price", new BigDecimal("12345678901")));
  }

  @Test
  void refusesFieldsThatLackWhatTheirTypeNeeds() {
    assertThat(
        message(() -> Field.decimal("d", 19, 0)),
        is("Invalid precision of d: 19 (expected 1 to 18 for a decimal, 0 for others)"));
    assertThat(
        message(() -> Field.decimal("d", 3, 4)), is("Invalid scale of d: 4 (expected 0 to 3)"));
    assertThat(
        message(() -> Field.optional("o", FieldType.OBJECT)),
        is("Invalid fields of o: null (expected some for an object, one for an array)"));
  }

  private static String message(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }

  private RecordBuilder full() {
    builder.clear();
    Record shipTo =
        new RecordBuilder(ORDER.field(2).nested())
            .set("city", "Łódź")
            .set("since", LocalDate.of(1999, 1, 2))
            .build(0, "", -1);
    RecordBuilder item = new RecordBuilder(ITEM.nested());
    Record first =
        item.set("sku", "A-1")
            .set("price", new BigDecimal("-12.5"))
            .set("tags", Arrays.asList("x", null, ""))
            .build(0, "", -1);
    Record last = item.clear().set("sku", "B").build(0, "", -1);
    return builder
        .set("id", "o-1")
        .set("opens", LocalTime.parse("08:30:00.000001"))
        .set("ship_to", shipTo)
        .set("items", Arrays.asList(first, null, last))
        .set("times", Arrays.asList(Instant.EPOCH, null))
        .set("grid", List.of(List.of(1.5, -0.25), List.of()));
  }
}
