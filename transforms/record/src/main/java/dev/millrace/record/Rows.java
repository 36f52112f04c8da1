package dev.millrace.record;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.logicaltypes.MicrosInstant;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.apache.beam.sdk.values.Row;

/** The edge between {@link Record} and Beam's {@link Row}. */
final class Rows {
  private Rows() {}

  static Schema schema(RecordSchema schema) {
    Schema.Builder builder = Schema.builder();
    for (RecordSchema.Field field : schema.fields()) {
      builder.addField(Schema.Field.of(field.name(), type(field)));
    }
    return builder.build();
  }

  private static Schema.FieldType type(RecordSchema.Field field) {
    Schema.FieldType type =
        switch (field.type()) {
          case STRING -> Schema.FieldType.STRING;
          case INTEGER -> Schema.FieldType.INT64;
          case NUMBER -> Schema.FieldType.DOUBLE;
          case DECIMAL -> Schema.FieldType.DECIMAL;
          case BOOLEAN -> Schema.FieldType.BOOLEAN;
          case DATE -> Schema.FieldType.logicalType(SqlTypes.DATE);
          case TIME -> Schema.FieldType.logicalType(SqlTypes.TIME);
          case TIMESTAMP -> Schema.FieldType.logicalType(new MicrosInstant());
          case OBJECT -> Schema.FieldType.row(schema(field.nested()));
          case ARRAY -> Schema.FieldType.array(type(field.element()));
        };
    return type.withNullable(field.nullable());
  }

  static Row toRow(Record record, Schema schema) {
    Row.Builder row = Row.withSchema(schema);
    for (int i = 0; i < record.schema().size(); i++) {
      row.addValue(value(record.valueAt(i), schema.getField(i).getType()));
    }
    return row.build();
  }

  private static Object value(Object value, Schema.FieldType type) {
    if (value instanceof Record object) {
      return toRow(object, type.getRowSchema());
    }
    if (value instanceof RecordArray array) {
      Schema.FieldType element = type.getCollectionElementType();
      List<Object> values = new ArrayList<>();
      array.toList().forEach(each -> values.add(value(each, element)));
      return values;
    }
    return value;
  }

  static Record fromRow(RecordSchema schema, Row row, org.joda.time.Instant eventTime) {
    return fromRow(schema, row, "").build(eventTime.getMillis(), "", -1);
  }

  private static RecordBuilder fromRow(RecordSchema schema, Row row, String path) {
    RecordBuilder builder = new RecordBuilder(schema);
    for (RecordSchema.Field field : schema.fields()) {
      Object value =
          switch (field.type()) {
            case DATE -> row.getLogicalTypeValue(field.name(), LocalDate.class);
            case TIME -> row.getLogicalTypeValue(field.name(), LocalTime.class);
            case TIMESTAMP -> row.getLogicalTypeValue(field.name(), Instant.class);
            default -> row.getValue(field.name());
          };
      builder.set(field.name(), fromRowValue(field, value, path + field.name()));
    }
    return builder;
  }

  private static Object fromRowValue(RecordSchema.Field field, Object value, String path) {
    if (value == null) {
      if (!field.nullable()) {
        throw new IllegalArgumentException("Missing required value: " + path);
      }
      return null;
    }
    if (field.type() == FieldType.OBJECT) {
      return fromRow(field.nested(), (Row) value, path + ".").build(0, "", -1);
    }
    if (field.type() == FieldType.ARRAY) {
      List<Object> values = new ArrayList<>();
      for (Object each : (Iterable<?>) value) {
        values.add(fromRowValue(field.element(), each, path + "[]"));
      }
      return values;
    }
    return value;
  }
}
