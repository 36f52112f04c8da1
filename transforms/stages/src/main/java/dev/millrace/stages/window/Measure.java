package dev.millrace.stages.window;

import dev.millrace.record.FieldType;
import dev.millrace.record.RecordSchema;
import java.io.Serializable;

/**
 * What is added up of a field: functions of one measure share a total.
 *
 * @param scale the digits after the point of a DECIMAL
 */
record Measure(Kind kind, String field, FieldType type, int scale) implements Serializable {

  static Measure of(Kind kind, RecordSchema.Field field) {
    return new Measure(kind, field.name(), field.type(), field.scale());
  }

  /** What can be added up, and the functions that it answers. */
  enum Kind {
    /** Sum, least and greatest value. */
    EXACT,
    /** How many values there are. */
    DISTINCT,
    /** How the values are spread. */
    QUANTILES,
    /** Which values there are most of. */
    FREQUENT;

    static Kind of(Function.Kind function) {
      return switch (function) {
        case DISTINCT -> DISTINCT;
        case QUANTILE -> QUANTILES;
        case TOP_K -> FREQUENT;
        default -> EXACT;
      };
    }
  }

  /** Whether its total takes kilobytes. */
  boolean isLarge() {
    return kind != Kind.EXACT;
  }

  /** A total of no values. */
  Total total() {
    return switch (kind) {
      case EXACT -> exact();
      case DISTINCT -> new DistinctTotal(type);
      case QUANTILES -> new QuantileTotal(type);
      case FREQUENT -> new FrequentTotal(type);
    };
  }

  private Total exact() {
    return switch (type) {
      case NUMBER -> new NumberTotal();
      case DECIMAL -> IntegerTotal.ofDecimals(scale);
      default -> IntegerTotal.ofIntegers();
    };
  }
}
