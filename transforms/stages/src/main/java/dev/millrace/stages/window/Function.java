package dev.millrace.stages.window;

import dev.millrace.record.FieldType;
import dev.millrace.record.RecordSchema;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One function of an aggregate.
 *
 * @param kind what is computed
 * @param field the field that it is of; null for {@code count}
 * @param argument the share of a quantile, the number of top values; null for other functions
 */
record Function(Kind kind, String field, BigDecimal argument) implements Serializable {
  private static final Pattern CALL =
      Pattern.compile("(\\w+)(?:\\(\\s*([^(),]+?)\\s*(?:,\\s*([0-9.]{1,20})\\s*)?\\))?");
  private static final Pattern COMMA_BETWEEN_CALLS = Pattern.compile(",(?![^(]*\\))");

  /** The functions there are. */
  enum Kind {
    COUNT("count"),
    SUM("sum"),
    MIN("min"),
    MAX("max"),
    MEAN("mean"),
    DISTINCT("distinct"),
    QUANTILE("quantile"),
    TOP_K("topK");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    boolean takesField() {
      return this != COUNT;
    }

    boolean takesArgument() {
      return this == QUANTILE || this == TOP_K;
    }

    /** Whether it can be computed of fields of a type. */
    boolean takes(FieldType type) {
      boolean number =
          type == FieldType.INTEGER || type == FieldType.NUMBER || type == FieldType.DECIMAL;
      boolean time =
          type == FieldType.DATE || type == FieldType.TIME || type == FieldType.TIMESTAMP;
      return switch (this) {
        case COUNT -> false;
        case SUM, MEAN -> number;
        case MIN, MAX, QUANTILE -> number || time;
        case DISTINCT -> type != FieldType.OBJECT && type != FieldType.ARRAY;
        case TOP_K -> type == FieldType.STRING || type == FieldType.INTEGER;
      };
    }
  }

  static List<Function> parse(String list) {
    return Arrays.stream(COMMA_BETWEEN_CALLS.split(list, -1))
        .map(String::strip)
        .map(Function::parseOne)
        .toList();
  }

  private static Function parseOne(String call) {
    Matcher matcher = CALL.matcher(call);
    if (matcher.matches()) {
      for (Kind kind : Kind.values()) {
        if (kind.word.equals(matcher.group(1))
            && kind.takesField() == (matcher.group(2) != null)
            && kind.takesArgument() == (matcher.group(3) != null)) {
          return new Function(kind, matcher.group(2), argument(kind, matcher.group(3)));
        }
      }
    }
    throw new IllegalArgumentException(
        "Invalid aggregate: %s (expected count, sum(field), min(field), max(field), mean(field), distinct(field), quantile(field,0.95) or topK(field,10), separated by commas)"
            .formatted(call));
  }

  private static BigDecimal argument(Kind kind, String text) {
    return switch (kind) {
      case QUANTILE -> FunctionArgument.share(text);
      case TOP_K -> FunctionArgument.number(text);
      default -> null;
    };
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

  /** What it is computed from. */
  Measure measure(RecordSchema schema) {
    return Measure.of(Measure.Kind.of(kind), schema.field(schema.index(field)));
  }

  /** The field of the result. */
  RecordSchema.Field result(RecordSchema schema) {
    String name = kind.takesField() ? kind.word + "_" + field : kind.word;
    return switch (kind) {
      case COUNT, DISTINCT -> RecordSchema.Field.required(name, FieldType.INTEGER);
      case MEAN -> RecordSchema.Field.optional(name, FieldType.NUMBER);
      case TOP_K -> RecordSchema.Field.optional("topk_" + field + suffix(), FieldType.STRING);
      default -> ofType(name + suffix(), schema.field(schema.index(field)));
    };
  }

  /** A sum of decimals has as many digits as there are. */
  private RecordSchema.Field ofType(String name, RecordSchema.Field of) {
    boolean isLongSum = kind == Kind.SUM && of.type() == FieldType.DECIMAL;
    int precision = isLongSum ? RecordSchema.Field.MOST_DIGITS : of.precision();
    return new RecordSchema.Field(name, of.type(), true, precision, of.scale(), null);
  }

  private String suffix() {
    return argument == null ? "" : "_" + argument.toPlainString().replace('.', '_');
  }

  @Override
  public String toString() {
    if (field == null) {
      return kind.word;
    }
    String text = argument == null ? "" : "," + argument.toPlainString();
    return "%s(%s%s)".formatted(kind.word, field, text);
  }
}
