package dev.millrace.record;

import java.time.Instant;
import java.time.LocalDate;
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
      Schema.FieldType type = type(field.type()).withNullable(field.nullable());
      builder.addField(Schema.Field.of(field.name(), type));
    }
    return builder.build();
  }

  private static Schema.FieldType type(FieldType type) {
    return switch (type) {
      case STRING -> Schema.FieldType.STRING;
      case INTEGER -> Schema.FieldType.INT64;
      case NUMBER -> Schema.FieldType.DOUBLE;
      case BOOLEAN -> Schema.FieldType.BOOLEAN;
      case DATE -> Schema.FieldType.logicalType(SqlTypes.DATE);
      case TIMESTAMP -> Schema.FieldType.logicalType(new MicrosInstant());
    };
  }

  static Row toRow(Record record, Schema schema) {
    Row.Builder row = Row.withSchema(schema);
    for (int i = 0; i < record.schema().size(); i++) {
      row.addValue(record.valueAt(i));
    }
    return row.build();
  }

  static Record fromRow(RecordSchema schema, Row row, org.joda.time.Instant eventTime) {
    RecordBuilder builder = new RecordBuilder(schema);
    for (RecordSchema.Field field : schema.fields()) {
      Object value =
          switch (field.type()) {
            case DATE -> row.getLogicalTypeValue(field.name(), LocalDate.class);
            case TIMESTAMP -> row.getLogicalTypeValue(field.name(), Instant.class);
            default -> row.getValue(field.name());
          };
      if (value == null && !field.nullable()) {
        throw new IllegalArgumentException("Missing required value: " + field.name());
      }
      builder.set(field.name(), value);
    }
    return builder.build(eventTime.getMillis(), "", -1);
  }
}
