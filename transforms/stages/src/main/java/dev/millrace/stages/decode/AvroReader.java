package dev.millrace.stages.decode;

import dev.millrace.record.RecordBuilder;
import dev.millrace.stages.contract.FieldRule;
import dev.millrace.stages.decode.JsonNested.Shared;
import org.apache.avro.Schema;

/**
 * Reads values of a writer's schema into one field of a record, object or array. What fits what is
 * found out once a schema; a value that doesn't fit is passed over.
 */
abstract sealed class AvroReader permits AvroScalar, AvroObject, AvroArray, AvroOther {

  /** What became of a value. */
  enum Taken {
    /** The field has it. */
    VALUE,
    /** The field has the object or array; what was found in it is not yet named after the field. */
    NESTED,
    /** It is null. */
    NULL,
    /** It can't be a value of the field. */
    NOT
  }

  /** Reads the next value. */
  abstract Taken read(AvroCursor in) throws MalformedJson;

  /** A reader of a schema's values into a builder's field. */
  static AvroReader of(Schema schema, FieldRule rule, RecordBuilder parent, int field, Into into) {
    AvroType type = AvroType.of(schema);
    return switch (type.kind()) {
      case NULL -> AvroOther.ofNull();
      case UNION ->
          AvroOther.ofUnion(
              schema.getTypes().stream()
                  .map(branch -> of(branch, rule, parent, field, into))
                  .toArray(AvroReader[]::new));
      case OBJECT ->
          switch (rule.type()) {
            case OBJECT -> new AvroObject(schema, rule, parent, field, into.shared());
            default -> AvroOther.ofMismatch(schema);
          };
      case ARRAY ->
          switch (rule.type()) {
            case ARRAY -> new AvroArray(schema, rule, parent, field, into.shared());
            default -> AvroOther.ofMismatch(schema);
          };
      case MAP -> AvroOther.ofMismatch(schema);
      default -> new AvroScalar(schema, type, field, into.values());
    };
  }

  /** What takes the values, and what all readers of a record share. */
  record Into(TypedValues values, Shared shared) {}
}
