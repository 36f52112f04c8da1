package dev.millrace.io;

import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBlock;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.RecordSchema.Field;
import java.time.Instant;
import java.util.List;

/**
 * Small records for tests: an identifier, a name that repeats, and a number that may be missing.
 */
public final class Events {
  public static final RecordSchema SCHEMA =
      RecordSchema.of(
          "event",
          Field.required("id", FieldType.INTEGER),
          Field.required("name", FieldType.STRING),
          Field.optional("value", FieldType.NUMBER));

  private Events() {}

  /** The event of that number, which happened at that time. */
  public static Record at(String time, int id) {
    return at(Instant.parse(time).toEpochMilli(), id);
  }

  public static Record at(long millis, int id) {
    return new RecordBuilder(SCHEMA)
        .set("id", id)
        .set("name", "name " + id % 3)
        .set("value", id % 4 == 0 ? null : id / 2.0)
        .build(millis, "file", id);
  }

  public static RecordBlock block(List<Record> records) {
    RecordBlock.Packer packer = new RecordBlock.Packer();
    records.forEach(packer::add);
    return packer.take();
  }
}
