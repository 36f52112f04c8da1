package dev.millrace.io;

import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.RecordSchema.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;

/** Records with a field of every type, for tests. */
public final class AllTypes {
  private static final Field ADDRESS =
      Field.object(
          "address",
          Field.optional("zip", FieldType.STRING),
          Field.array("marks", Field.optional("mark", FieldType.NUMBER)));

  /** The fields. */
  public static final RecordSchema SCHEMA =
      RecordSchema.of(
          "all types",
          Field.required("id", FieldType.INTEGER),
          Field.optional("text", FieldType.STRING),
          Field.optional("number", FieldType.NUMBER),
          Field.decimal("decimal", 12, 2),
          Field.optional("flag", FieldType.BOOLEAN),
          Field.optional("day", FieldType.DATE),
          Field.optional("opens", FieldType.TIME),
          Field.optional("at", FieldType.TIMESTAMP),
          ADDRESS,
          Field.array("tags", Field.optional("tag", FieldType.STRING)),
          Field.array("addresses", ADDRESS),
          Field.array("grid", Field.array("row", Field.optional("cell", FieldType.INTEGER))));

  private AllTypes() {}

  /** A record with all values. */
  public static Record full() {
    Record address = address("10", Arrays.asList(0.5, null));
    return new RecordBuilder(SCHEMA)
        .set("id", -1L)
        .set("text", "\"é\\\n\u0001")
        .set("number", 1e10)
        .set("decimal", new BigDecimal("-12.50"))
        .set("flag", true)
        .set("day", LocalDate.of(1969, 12, 31))
        .set("opens", LocalTime.of(7, 30, 0, 500_000))
        .set("at", Instant.parse("1969-12-31T23:59:59.999999Z"))
        .set("address", address)
        .set("tags", Arrays.asList("a", null, ""))
        .set("addresses", Arrays.asList(address(null, List.of()), null))
        .set("grid", List.of(List.of(1L, 2L), List.of()))
        .build(0, "file", 0);
  }

  private static Record address(String zip, List<Double> marks) {
    return new RecordBuilder(ADDRESS.nested()).set("zip", zip).set("marks", marks).build(0, "", -1);
  }

  /** A record with no more values than it must have. */
  public static Record bare() {
    return new RecordBuilder(SCHEMA).set("id", 2L).build(0, "file", 1);
  }
}
