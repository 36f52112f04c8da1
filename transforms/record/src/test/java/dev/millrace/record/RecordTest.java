package dev.millrace.record;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.RecordSchema.Field;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;

class RecordTest {
  private static final RecordSchema SCHEMA =
      RecordSchema.of(
          "all",
          Field.optional("text", FieldType.STRING),
          Field.optional("integer", FieldType.INTEGER),
          Field.optional("number", FieldType.NUMBER),
          Field.optional("flag", FieldType.BOOLEAN),
          Field.optional("date", FieldType.DATE),
          Field.optional("time", FieldType.TIMESTAMP),
          Field.optional("more", FieldType.STRING));

  private final RecordBuilder builder = new RecordBuilder(SCHEMA);

  @Test
  void givesEveryTypeBack() {
    Record record = full().build(42, "a.json", 7);

    assertThat(record.value("text"), is("İstanbul ✈"));
    assertThat(record.value("integer"), is(Long.MIN_VALUE));
    assertThat(record.value("number"), is(-0.1));
    assertThat(record.value("flag"), is(true));
    assertThat(record.value("date"), is(LocalDate.of(1969, 12, 31)));
    assertThat(record.value("time"), is(Instant.parse("1969-12-31T23:59:59.999999Z")));
    assertThat(record.value("more"), is(""));
    assertThat(record.eventTimeMillis(), is(42L));
    assertThat(record.eventTime(), is(org.joda.time.Instant.ofEpochMilli(42)));
    assertThat(record.source(), is("a.json"));
    assertThat(record.offset(), is(7L));
  }

  @Test
  void takesTimesThatNanosecondsCannotCount() {
    Instant time = Instant.parse("9999-12-31T23:59:59.999999Z");

    assertThat(builder.set("time", time).build(0, "", -1).value("time"), is(time));
  }

  @Test
  void isNullWhereNothingWasSet() {
    Record record = full().clear().set("integer", 0L).set("text", null).build(0, "", -1);

    for (Field field : SCHEMA.fields()) {
      if (!field.name().equals("integer")) {
        assertThat(field.name(), record.value(field.name()), is(nullValue()));
      }
    }
    assertThat(record.isNull(1), is(false));
  }

  @Test
  void takesTheLastValueThatWasSet() {
    byte[] utf8 = "text".getBytes(StandardCharsets.UTF_8);
    builder.setText(0, utf8, 0, 4).setText(0, utf8, 1, 2);

    assertThat(builder.isSet(0), is(true));
    assertThat(builder.isSet(1), is(false));
    assertThat(builder.build(0, "", -1).value("text"), is("ex"));
  }

  @Test
  void hasOneZero() {
    Record negative = builder.setDouble(2, -0.0).build(0, "", -1);
    Record positive = builder.clear().setDouble(2, 0.0).build(0, "", -1);

    assertThat(negative, equalTo(positive));
    assertThat(1 / negative.doubleAt(2), is(Double.POSITIVE_INFINITY));
  }

  @Test
  void keepsTheOriginalApartFromTheContent() {
    byte[] original = "{'a':1}".getBytes(StandardCharsets.UTF_8);
    Record record = full().build(0, "", -1, original, 1, 3);

    assertThat(record.hasOriginal(), is(true));
    assertThat(record.original(), equalTo(new byte[] {'\'', 'a', '\''}));
    assertThat(record.withoutOriginal().hasOriginal(), is(false));
    assertThat(record.withoutOriginal().original(), equalTo(new byte[0]));
    assertThat(record.withoutOriginal(), equalTo(full().build(0, "", -1)));
    assertThat(record, not(equalTo(record.withoutOriginal())));
  }

  @Test
  void pointsAtTextThatStandsInTheOriginal() {
    RecordSchema schema =
        RecordSchema.of(
            "texts",
            RecordSchema.Field.optional("inside", FieldType.STRING),
            RecordSchema.Field.optional("outside", FieldType.STRING),
            RecordSchema.Field.optional("none", FieldType.STRING));
    byte[] line = "xx{'a':'inside'}xx".getBytes(StandardCharsets.UTF_8);
    byte[] unescaped = "outside".getBytes(StandardCharsets.UTF_8);
    RecordBuilder builder = new RecordBuilder(schema);
    builder.setText(0, line, 8, 6).setText(1, unescaped, 0, 7);
    Record attached = builder.build(5, "file", 7, line, 2, 14);
    Record alone = builder.build(5, "file", 7);

    assertThat(attached.contentLength(), is(alone.contentLength() - "inside".length()));
    for (Record record : List.of(attached, attached.withoutOriginal(), alone)) {
      assertThat(record.value("inside"), is("inside"));
      assertThat(record.value("outside"), is("outside"));
      assertThat(record.isNull(2), is(true));
    }
    assertThat(new String(attached.original(), StandardCharsets.UTF_8), is("{'a':'inside'}"));
    assertThat(attached.withoutOriginal(), equalTo(alone));
    assertThat(alone.withoutOriginal(), sameInstance(alone));
  }

  @Test
  void tellsAnEmptyOriginalFromNone() {
    Record empty = full().build(0, "", -1, new byte[0], 0, 0);

    assertThat(empty.hasOriginal(), is(true));
    assertThat(empty, not(equalTo(full().build(0, "", -1))));
  }

  @Test
  void isEqualByValueAndPlace() {
    Record record = full().build(1, "a", 2);

    assertThat(full().build(1, "a", 2), equalTo(record));
    assertThat(full().build(1, "a", 2).hashCode(), is(record.hashCode()));
    assertThat(full().build(9, "a", 2), not(equalTo(record)));
    assertThat(full().build(1, "b", 2), not(equalTo(record)));
    assertThat(full().build(1, "a", 9), not(equalTo(record)));
    assertThat(full().set("more", "x").build(1, "a", 2), not(equalTo(record)));
    assertThat(full().set("more", null).build(1, "a", 2), not(equalTo(record)));
  }

  @Test
  void copiesFieldsOfOtherRecords() {
    Record record = full().set("flag", null).build(1, "a", 2);
    RecordBuilder copy = new RecordBuilder(SCHEMA).set("flag", true);
    for (int i = 0; i < SCHEMA.size(); i++) {
      copy.setFrom(i, record, i);
    }

    assertThat(copy.build(1, "a", 2), equalTo(record));
  }

  @Test
  void hasRoomForMoreFieldsThanOneWordOfNullBits() {
    RecordSchema wide =
        RecordSchema.of(
            "wide",
            IntStream.range(0, 130)
                .mapToObj(i -> Field.optional("f" + i, FieldType.INTEGER))
                .toList());
    RecordBuilder wideBuilder = new RecordBuilder(wide);
    Random random = new Random(2);
    for (int i = 0; i < 130; i++) {
      if (random.nextBoolean()) {
        wideBuilder.setLong(i, i);
      }
    }
    Record record = wideBuilder.build(0, "", -1);

    for (int i = 0; i < 130; i++) {
      assertThat(record.valueAt(i), is(wideBuilder.isSet(i) ? (Object) (long) i : null));
    }
  }

  @Test
  void goesToRowsAndBack() {
    Record record = full().build(42, "", -1);
    Row row = record.toRow();

    assertThat(row.getValue("text"), is("İstanbul ✈"));
    assertThat(Record.fromRow(SCHEMA, row, record.eventTime()), equalTo(record));
  }

  @Test
  void goesToRowsAndBackWithNulls() {
    Record record = builder.build(42, "", -1);

    assertThat(Record.fromRow(SCHEMA, record.toRow(), record.eventTime()), equalTo(record));
  }

  @Test
  void refusesARowThatLacksARequiredValue() {
    RecordSchema strict = RecordSchema.of("strict", Field.required("integer", FieldType.INTEGER));
    Row row = builder.build(0, "", -1).toRow();

    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> Record.fromRow(strict, row, org.joda.time.Instant.EPOCH));
    assertThat(failure.getMessage(), is("Missing required value: integer"));
  }

  @Test
  void printsItsValues() {
    RecordSchema small =
        RecordSchema.of(
            "flights",
            Field.optional("carrier", FieldType.STRING),
            Field.optional("delay", FieldType.NUMBER));

    assertThat(
        new RecordBuilder(small).set("carrier", "AA").build(0, "a", 1).toString(),
        is("flights{carrier=AA, delay=null} at 1970-01-01T00:00:00Z"));
  }

  @Test
  void findsFieldsByName() {
    assertThat(SCHEMA.indexes(Arrays.asList("more", "text")), equalTo(new int[] {6, 0}));
    assertThat(SCHEMA.has("text"), is(true));
    assertThat(SCHEMA.has("TEXT"), is(false));
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> SCHEMA.index("txt"));
    assertThat(
        failure.getMessage(),
        is(
            "Cannot find field txt in all: its fields are [text, integer, number, flag, date, time, more]"));
  }

  @Test
  void refusesTwoFieldsOfOneName() {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                RecordSchema.of(
                    "t",
                    Field.optional("a", FieldType.STRING),
                    Field.optional("a", FieldType.NUMBER)));
    assertThat(failure.getMessage(), is("Invalid schema t: field a appears twice"));
  }

  private RecordBuilder full() {
    return builder
        .clear()
        .set("text", "İstanbul ✈")
        .set("integer", Long.MIN_VALUE)
        .set("number", -0.1)
        .set("flag", true)
        .set("date", LocalDate.of(1969, 12, 31))
        .set("time", Instant.parse("1969-12-31T23:59:59.999999Z"))
        .set("more", "");
  }
}
