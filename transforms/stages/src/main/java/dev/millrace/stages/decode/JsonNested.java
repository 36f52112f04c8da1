package dev.millrace.stages.decode;

import dev.millrace.record.RecordBuilder;
import dev.millrace.stages.contract.Coercion;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.contract.FieldRule;
import dev.millrace.stages.contract.UnknownFields;
import java.util.List;

/** Reads an object or an array of JSON into a field that has one. */
abstract sealed class JsonNested permits JsonObject, JsonArray {

  /** What the readers of one record share. */
  record Shared(
      Violations violations, KeptFields kept, UnknownFields unknownFields, Coercion coercion) {
    static Shared of(Contract contract, Violations violations, KeptFields kept) {
      return new Shared(violations, kept, contract.unknownFields(), contract.coercion());
    }
  }

  /** The readers of a builder's fields, null for those that are neither object nor array. */
  static JsonNested[] readers(List<FieldRule> rules, RecordBuilder builder, Shared shared) {
    JsonNested[] readers = new JsonNested[rules.size()];
    for (int field = 0; field < readers.length; field++) {
      FieldRule rule = rules.get(field);
      readers[field] =
          switch (rule.type()) {
            case OBJECT -> new JsonObject(rule, builder, field, shared);
            case ARRAY -> new JsonArray(rule, builder, field, shared);
            default -> null;
          };
    }
    return readers;
  }

  /** Whether what comes next is one. */
  abstract boolean isNext(JsonCursor in);

  /** Reads it, and sets the field to it. */
  abstract void read(JsonCursor in) throws MalformedJson;
}
