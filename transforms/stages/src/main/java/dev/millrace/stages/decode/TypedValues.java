package dev.millrace.stages.decode;

import dev.millrace.record.FieldType;
import dev.millrace.record.RecordBuilder;
import dev.millrace.stages.contract.Coercion;
import dev.millrace.stages.contract.FieldRule;
import dev.millrace.stages.contract.TimeFormat;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Takes values that have a type already, as Avro's have, into the fields of a record or object. A
 * number is taken where JSON's would be that is written with the same digits. Each method returns
 * false if the value can't be one of the field, whatever its rule says.
 */
final class TypedValues {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /** The whole numbers that doubles have lie between this and its negative. */
  private static final double LONG_LIMIT = 0x1p63;

  private final FieldRule[] rules;
  private final FieldValues values;
  private final boolean coerces;

  TypedValues(List<FieldRule> rules, FieldValues values, Coercion coercion) {
    this.rules = rules.toArray(FieldRule[]::new);
    this.values = values;
    this.coerces = coercion == Coercion.LOSSLESS;
  }

  /** Those of an object or array, which don't tell when the record happened. */
  static TypedValues of(List<FieldRule> rules, RecordBuilder builder, JsonNested.Shared shared) {
    Coercion coercion = shared.coercion();
    FieldValues values = new FieldValues(rules, builder, shared.violations(), coercion, null);
    return new TypedValues(rules, values, coercion);
  }

  boolean takeBoolean(int field, boolean value) {
    return rules[field].type() == FieldType.BOOLEAN
        ? values.takeLong(field, value ? 1 : 0)
        : takeWritten(field, String.valueOf(value));
  }

  boolean takeInteger(int field, long value) {
    return switch (rules[field].type()) {
      case INTEGER -> values.takeInteger(field, value);
      case NUMBER -> values.takeNumber(field, (double) value);
      case DECIMAL -> takeDecimal(field, BigDecimal.valueOf(value));
      case DATE -> values.takeTime(field, rules[field].format().micros(value), MICROS_PER_DAY);
      case TIME, TIMESTAMP -> values.takeTime(field, rules[field].format().micros(value), 1);
      default -> takeWritten(field, Long.toString(value));
    };
  }

  boolean takeDouble(int field, double value) {
    return switch (rules[field].type()) {
      case NUMBER -> values.takeNumber(field, value + 0.0);
      case INTEGER ->
          coerces
              && value == Math.rint(value)
              && value >= -LONG_LIMIT
              && value < LONG_LIMIT
              && values.takeInteger(field, (long) value);
      default -> Double.isFinite(value) && takeWrittenNumber(field, Double.toString(value));
    };
  }

  boolean takeFloat(int field, float value) {
    return switch (rules[field].type()) {
      case NUMBER, INTEGER -> takeDouble(field, value);
      default -> Float.isFinite(value) && takeWrittenNumber(field, Float.toString(value));
    };
  }

  /** A double is no decimal; where that is wanted, it is the one that is written like it. */
  private boolean takeWrittenNumber(int field, String text) {
    if (rules[field].type() == FieldType.DECIMAL) {
      return coerces && takeDecimal(field, new BigDecimal(text));
    }
    return takeWritten(field, text);
  }

  boolean takeDecimal(int field, BigDecimal value) {
    return switch (rules[field].type()) {
      case DECIMAL -> takeUnits(field, value);
      case NUMBER -> values.takeNumber(field, value.doubleValue() + 0.0);
      case INTEGER -> (coerces || value.scale() <= 0) && takeWhole(field, value);
      default -> takeWritten(field, value.toPlainString());
    };
  }

  private boolean takeUnits(int field, BigDecimal value) {
    try {
      long units = value.setScale(rules[field].scale()).unscaledValue().longValueExact();
      return values.takeUnits(field, units);
    } catch (ArithmeticException e) {
      return false; // more digits than the field has
    }
  }

  private boolean takeWhole(int field, BigDecimal value) {
    try {
      return values.takeInteger(field, value.longValueExact());
    } catch (ArithmeticException e) {
      return false; // a fraction, or too large
    }
  }

  boolean takeDate(int field, long days) {
    return rules[field].type() == FieldType.DATE
        && Math.abs(days) < Long.MAX_VALUE / MICROS_PER_DAY
        && values.takeTime(field, days * MICROS_PER_DAY, MICROS_PER_DAY);
  }

  boolean takeTimeOfDay(int field, long micros) {
    return rules[field].type() == FieldType.TIME
        && micros >= 0
        && micros < MICROS_PER_DAY
        && values.takeTime(field, micros, 1);
  }

  /** Takes microseconds since 1970 in UTC. */
  boolean takeTimestamp(int field, long micros) {
    return rules[field].type() == FieldType.TIMESTAMP && values.takeTime(field, micros, 1);
  }

  /** Takes microseconds since 1970 by the clocks of the contract's zone. */
  boolean takeLocal(int field, long micros) {
    return rules[field].type() == FieldType.TIMESTAMP
        && micros != TimeFormat.INVALID
        && values.takeTime(field, rules[field].format().ofLocal(micros), 1);
  }

  /** Takes text, which is valid UTF-8. */
  boolean takeText(int field, byte[] utf8, int start, int length) {
    return switch (rules[field].type()) {
      case STRING -> values.takeText(field, utf8, start, length);
      case DATE -> takeTime(field, utf8, start, length, MICROS_PER_DAY);
      case TIME, TIMESTAMP -> takeTime(field, utf8, start, length, 1);
      default -> coerces && values.take(field, utf8, start, length);
    };
  }

  private boolean takeTime(int field, byte[] utf8, int start, int length, long unit) {
    return values.takeTime(field, rules[field].format().micros(utf8, start, length), unit);
  }

  /** Takes bytes that may be text. */
  boolean takeBytes(int field, byte[] bytes, int start, int length) {
    if (!coerces || rules[field].type() != FieldType.STRING) {
      return false;
    }
    try {
      Utf8.check(bytes, start, start + length);
      return values.takeText(field, bytes, start, length);
    } catch (MalformedJson e) {
      return false;
    }
  }

  private boolean takeWritten(int field, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return coerces
        && rules[field].type() == FieldType.STRING
        && values.takeText(field, utf8, 0, utf8.length);
  }

  /** Rejects the value that could not be taken. */
  void unreadable(int field, String found) {
    values.unreadable(field, found);
  }
}
