package dev.millrace.stages.window;

import dev.millrace.record.FieldType;
import dev.millrace.record.RecordSchema;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One function of an aggregate and the field that it is of; null for {@code count}.
 *
 * @param kind what is computed
 */
record Function(Kind kind, String field) implements Serializable {
  private static final Pattern CALL = Pattern.compile("(\\w+)(?:\\(\\s*([^()]+?)\\s*\\))?");

  /** The functions there are. */
  enum Kind {
    COUNT,
    SUM,
    MIN,
    MAX,
    MEAN;

    /** Whether it can be computed of fields of a type. */
    boolean takes(FieldType type) {
      boolean number = type == FieldType.INTEGER || type == FieldType.NUMBER;
      return switch (this) {
        case COUNT -> false;
        case SUM, MEAN -> number;
        case MIN, MAX -> number || type == FieldType.DATE || type == FieldType.TIMESTAMP;
      };
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static List<Function> parse(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).map(Function::parseOne).toList();
  }

  private static Function parseOne(String call) {
    Matcher matcher = CALL.matcher(call);
    if (matcher.matches()) {
      for (Kind kind : Kind.values()) {
        boolean takesField = kind != Kind.COUNT;
        if (kind.word().equals(matcher.group(1)) && takesField == (matcher.group(2) != null)) {
          return new Function(kind, matcher.group(2));
        }
      }
    }
    throw new IllegalArgumentException(
        "Invalid aggregate: %s (expected count, sum(field), min(field), max(field) or mean(field), separated by commas)"
            .formatted(call));
  }

  /** Checks that the schema has the field, with a type that the function takes. */
  void check(RecordSchema schema) {
    if (field == null) {
      return;
    }
    FieldType type = schema.field(schema.index(field)).type();
    if (!kind.takes(type)) {
      List<String> possible =
          schema.fields().stream()
              .filter(other -> kind.takes(other.type()))
              .map(RecordSchema.Field::name)
              .toList();
      throw new IllegalArgumentException(
          "Cannot compute %s: %s is of type %s (expected one of the fields %s)"
              .formatted(this, field, type, possible));
    }
  }

  /** The field of the result. */
  RecordSchema.Field result(RecordSchema schema) {
    return switch (kind) {
      case COUNT -> RecordSchema.Field.required("count", FieldType.INTEGER);
      case MEAN -> RecordSchema.Field.optional("mean_" + field, FieldType.NUMBER);
      default ->
          RecordSchema.Field.optional(
              kind.word() + "_" + field, schema.field(schema.index(field)).type());
    };
  }

  @Override
  public String toString() {
    return field == null ? kind.word() : "%s(%s)".formatted(kind.word(), field);
  }
}
