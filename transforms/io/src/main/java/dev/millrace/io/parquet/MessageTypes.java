package dev.millrace.io.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timeType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import dev.millrace.record.RecordSchema;
import java.util.List;
import org.apache.parquet.schema.ConversionPatterns;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * The Parquet schema of a record schema: a column a field, in the same order; a group for an
 * object; for an array a list of three levels, as Parquet's LogicalTypes.md has it.
 */
final class MessageTypes {
  private static final int DIGITS_OF_32_BITS = 9;

  private MessageTypes() {}

  static MessageType of(RecordSchema schema) {
    return new MessageType(schema.name(), fields(schema));
  }

  private static List<Type> fields(RecordSchema schema) {
    return schema.fields().stream().map(MessageTypes::type).toList();
  }

  private static Type type(RecordSchema.Field field) {
    Repetition repetition = field.nullable() ? Repetition.OPTIONAL : Repetition.REQUIRED;
    return switch (field.type()) {
      case OBJECT -> new GroupType(repetition, field.name(), fields(field.nested()));
      case ARRAY ->
          ConversionPatterns.listOfElements(repetition, field.name(), type(field.element()));
      default ->
          Types.primitive(physical(field), repetition).as(logical(field)).named(field.name());
    };
  }

  /** How the values of a field that is neither object nor array are stored. */
  static PrimitiveTypeName physical(RecordSchema.Field field) {
    return switch (field.type()) {
      case STRING -> PrimitiveTypeName.BINARY;
      case NUMBER -> PrimitiveTypeName.DOUBLE;
      case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
      case DATE -> PrimitiveTypeName.INT32;
      case DECIMAL ->
          field.precision() <= DIGITS_OF_32_BITS
              ? PrimitiveTypeName.INT32
              : PrimitiveTypeName.INT64;
      case INTEGER, TIME, TIMESTAMP -> PrimitiveTypeName.INT64;
      case OBJECT, ARRAY ->
          throw new IllegalArgumentException("Cannot store " + field + ": it has several columns");
    };
  }

  private static LogicalTypeAnnotation logical(RecordSchema.Field field) {
    return switch (field.type()) {
      case STRING -> stringType();
      case DECIMAL -> decimalType(field.scale(), field.precision());
      case DATE -> dateType();
      case TIME -> timeType(false, TimeUnit.MICROS);
      case TIMESTAMP -> timestampType(true, TimeUnit.MICROS);
      default -> null;
    };
  }
}
