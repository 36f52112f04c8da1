package dev.millrace.io.jdbc;

import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.RecordSchema.Field;
import java.util.List;

/** Records with a key, a version and a value that may be missing, for tests. */
final class Accounts {
  static final RecordSchema SCHEMA =
      RecordSchema.of(
          "account",
          Field.required("id", FieldType.INTEGER),
          Field.required("changed", FieldType.INTEGER),
          Field.optional("owner", FieldType.STRING));

  private Accounts() {}

  static Record of(long id, long changed, String owner) {
    return new RecordBuilder(SCHEMA)
        .set("id", id)
        .set("changed", changed)
        .set("owner", owner)
        .build(0, "file", id);
  }

  static Upsert upsert(String table) {
    return new Upsert(table, SCHEMA, List.of("id"), "changed");
  }

  static Upsert withoutVersion(String table) {
    return new Upsert(table, SCHEMA, List.of("id"), "");
  }
}
