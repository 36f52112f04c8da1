package dev.millrace.io;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import dev.millrace.record.RecordSchema;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The Parquet schema of a record schema: one column a field, in the same order. */
final class MessageTypes {
  private MessageTypes() {}

  static MessageType of(RecordSchema schema) {
    return new MessageType(
        schema.name(), schema.fields().stream().map(field -> (Type) column(field)).toList());
  }

  private static PrimitiveType column(RecordSchema.Field field) {
    Repetition repetition = field.nullable() ? Repetition.OPTIONAL : Repetition.REQUIRED;
    return switch (field.type()) {
      case STRING ->
          Types.primitive(PrimitiveTypeName.BINARY, repetition)
              .as(stringType())
              .named(field.name());
      case INTEGER -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(field.name());
      case NUMBER -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(field.name());
      case BOOLEAN -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(field.name());
      case DATE ->
          Types.primitive(PrimitiveTypeName.INT32, repetition).as(dateType()).named(field.name());
      case TIMESTAMP ->
          Types.primitive(PrimitiveTypeName.INT64, repetition)
              .as(timestampType(true, TimeUnit.MICROS))
              .named(field.name());
    };
  }
}
