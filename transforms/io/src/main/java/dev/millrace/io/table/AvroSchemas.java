package dev.millrace.io.table;

import dev.millrace.record.RecordSchema;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * The Avro schema of a record schema: a field a field, with logical types, and a union with null
 * for those that may be null. An object's schema is named after the fields that it is in.
 */
final class AvroSchemas {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private AvroSchemas() {}

  /**
   * The schema in JSON.
   *
   * @throws IllegalArgumentException if a name is none of Avro's
   */
  static String of(RecordSchema schema) {
    return object(
        schema, schema.name().replaceAll("[^A-Za-z0-9_]", "_").replaceAll("^(?=\\d|$)", "_"));
  }

  private static String object(RecordSchema schema, String name) {
    StringJoiner fields = new StringJoiner(",");
    for (RecordSchema.Field field : schema.fields()) {
      if (!NAME.matcher(field.name()).matches()) {
        throw new IllegalArgumentException(
            "Cannot write %s as Avro: invalid field name %s (expected letters, digits and _)"
                .formatted(schema.name(), field.name()));
      }
      fields.add(
          "{\"name\":\"%s\",\"type\":%s%s}"
              .formatted(
                  field.name(),
                  type(field, name + "_" + field.name()),
                  field.nullable() ? ",\"default\":null" : ""));
    }
    return "{\"type\":\"record\",\"name\":\"%s\",\"fields\":[%s]}".formatted(name, fields);
  }

  private static String type(RecordSchema.Field field, String path) {
    String value = value(field, path);
    return field.nullable() ? "[\"null\",%s]".formatted(value) : value;
  }

  private static String value(RecordSchema.Field field, String path) {
    return switch (field.type()) {
      case STRING -> "\"string\"";
      case INTEGER -> "\"long\"";
      case NUMBER -> "\"double\"";
      case BOOLEAN -> "\"boolean\"";
      case DECIMAL ->
          "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":%s,\"scale\":%s}"
              .formatted(field.precision(), field.scale());
      case DATE -> "{\"type\":\"int\",\"logicalType\":\"date\"}";
      case TIME -> "{\"type\":\"long\",\"logicalType\":\"time-micros\"}";
      case TIMESTAMP -> "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}";
      case OBJECT -> object(field.nested(), path);
      case ARRAY ->
          "{\"type\":\"array\",\"items\":%s}".formatted(type(field.element(), path + "_item"));
    };
  }
}
