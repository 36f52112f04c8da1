package dev.millrace.stages.refer;

import dev.millrace.record.FieldType;
import dev.millrace.record.RecordSchema;
import java.io.Serializable;
import java.util.List;

/**
 * A list of values and the fields that must be in it.
 *
 * @param name what people call it, such as {@code airports.csv#iata}
 */
record Reference(String name, List<String> fields) implements Serializable {

  Reference {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("Missing required value: reference");
    }
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("Missing required value: fields of " + name);
    }
    fields = List.copyOf(fields);
  }

  /** Checks that the schema has the fields, with types that can be looked up. */
  void check(RecordSchema schema) {
    for (String field : fields) {
      FieldType type = schema.field(schema.index(field)).type();
      if (type != FieldType.STRING && type != FieldType.INTEGER) {
        throw new IllegalArgumentException(
            "Cannot refer to %s: %s is of type %s (expected STRING or INTEGER)"
                .formatted(name, field, type));
      }
    }
  }
}
