package dev.millrace.stages.decode;

import dev.millrace.record.FieldType;
import dev.millrace.record.RecordBuilder;
import dev.millrace.stages.contract.Coercion;
import dev.millrace.stages.contract.FieldRule;
import dev.millrace.stages.contract.TimeFormat;
import dev.millrace.stages.decode.JsonCursor.Kind;
import java.util.Arrays;
import java.util.List;

/**
 * Takes values from JSON or text into the fields of a record or object being built, and checks them
 * by the fields' rules. Objects and arrays are for {@link JsonNested}.
 */
final class FieldValues {
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final long[] POWERS_OF_TEN = new long[19];

  static {
    POWERS_OF_TEN[0] = 1;
    for (int i = 1; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = 10 * POWERS_OF_TEN[i - 1];
    }
  }

  private final FieldRule[] rules;
  private final RecordBuilder builder;
  private final Violations violations;
  private final boolean coerces;

  /** Null within a record: only its own fields tell when it happened. */
  private final RecordTime time;

  private final JsonNumber number = new JsonNumber();

  FieldValues(
      List<FieldRule> rules,
      RecordBuilder builder,
      Violations violations,
      Coercion coercion,
      RecordTime time) {
    this.rules = rules.toArray(FieldRule[]::new);
    this.builder = builder;
    this.violations = violations;
    this.coerces = coercion == Coercion.LOSSLESS;
    this.time = time;
  }

  /**
   * Takes the value that the cursor has read.
   *
   * @param start where the value starts
   * @return false if it can't be a value of the field, whatever its rule says
   */
  boolean take(int field, Kind kind, JsonCursor in, int start) {
    return takeAsIs(field, kind, in) || (coerces && coerce(field, kind, in, start));
  }

  private boolean takeAsIs(int field, Kind kind, JsonCursor in) {
    return switch (rules[field].type()) {
      case STRING -> {
        JsonText text = in.text();
        yield kind == Kind.STRING && takeText(field, text.array(), text.start(), text.length());
      }
      case INTEGER -> kind == Kind.NUMBER && takeInteger(field, in.number());
      case NUMBER -> kind == Kind.NUMBER && takeNumber(field, in.number().doubleValue());
      case DECIMAL -> kind == Kind.NUMBER && takeDecimal(field, in.number());
      case BOOLEAN ->
          (kind == Kind.TRUE || kind == Kind.FALSE) && takeLong(field, kind == Kind.TRUE ? 1 : 0);
      case DATE -> takeTime(field, micros(rules[field].format(), kind, in), MICROS_PER_DAY);
      case TIME, TIMESTAMP -> takeTime(field, micros(rules[field].format(), kind, in), 1);
      case OBJECT, ARRAY -> false;
    };
  }

  private boolean coerce(int field, Kind kind, JsonCursor in, int start) {
    return switch (kind) {
      case STRING -> take(field, in.text().array(), in.text().start(), in.text().length());
      case NUMBER ->
          isText(field)
              ? takeText(field, in.array(), start, in.position() - start)
              : takeWhole(field, in.number());
      case TRUE, FALSE ->
          isText(field) && takeText(field, in.array(), start, in.position() - start);
      default -> false;
    };
  }

  private boolean isText(int field) {
    return rules[field].type() == FieldType.STRING;
  }

  /** Takes an integer that is written with a fraction of zeros or an exponent. */
  private boolean takeWhole(int field, JsonNumber number) {
    if (rules[field].type() != FieldType.INTEGER) {
      return false;
    }
    long value = number.units(0);
    return value != JsonNumber.INEXACT && takeLong(field, value);
  }

  /**
   * Takes a value that is written as text whatever its type, as in CSV. Numbers are written as in
   * JSON.
   *
   * @return false if it can't be a value of the field, whatever its rule says
   */
  boolean take(int field, byte[] utf8, int start, int length) {
    return switch (rules[field].type()) {
      case STRING -> takeText(field, utf8, start, length);
      case INTEGER ->
          isNumber(utf8, start, length)
              && (takeInteger(field, number) || (coerces && takeWhole(field, number)));
      case NUMBER -> isNumber(utf8, start, length) && takeNumber(field, number.doubleValue());
      case DECIMAL -> isNumber(utf8, start, length) && takeDecimal(field, number);
      case BOOLEAN -> takeBoolean(field, utf8, start, length);
      case DATE -> takeTime(field, micros(field, utf8, start, length), MICROS_PER_DAY);
      case TIME, TIMESTAMP -> takeTime(field, micros(field, utf8, start, length), 1);
      case OBJECT, ARRAY -> false;
    };
  }

  private boolean isNumber(byte[] ascii, int start, int length) {
    try {
      return length > 0 && number.read(ascii, start, start + length) == start + length;
    } catch (MalformedJson e) {
      return false;
    }
  }

  private boolean takeBoolean(int field, byte[] ascii, int start, int length) {
    boolean yes = Arrays.equals(TRUE, 0, TRUE.length, ascii, start, start + length);
    return (yes || Arrays.equals(FALSE, 0, FALSE.length, ascii, start, start + length))
        && takeLong(field, yes ? 1 : 0);
  }

  private long micros(int field, byte[] utf8, int start, int length) {
    TimeFormat format = rules[field].format();
    if (!format.numeric()) {
      return format.micros(utf8, start, length);
    }
    return isNumber(utf8, start, length) && number.isLong()
        ? format.micros(number.longValue())
        : TimeFormat.INVALID;
  }

  boolean takeText(int field, byte[] array, int start, int length) {
    if (isPartOfTime(field) && !time.take(field, time.format(field).micros(array, start, length))) {
      return false;
    }
    rules[field].check(array, start, length, violations.list());
    builder.setText(field, array, start, length);
    return true;
  }

  private boolean takeInteger(int field, JsonNumber number) {
    if (!number.isLong()) {
      return false;
    }
    return takeInteger(field, number.longValue());
  }

  boolean takeInteger(int field, long value) {
    if (isPartOfTime(field) && !time.take(field, time.format(field).micros(value))) {
      return false;
    }
    return takeLong(field, value);
  }

  boolean takeNumber(int field, double value) {
    if (!Double.isFinite(value)) {
      return false;
    }
    rules[field].check(value, violations.list());
    builder.setDouble(field, value);
    return true;
  }

  /** Nothing is rounded: a decimal has no more digits than its type. */
  private boolean takeDecimal(int field, JsonNumber number) {
    return takeUnits(field, number.units(rules[field].scale()));
  }

  boolean takeUnits(int field, long units) {
    return units != JsonNumber.INEXACT
        && Math.abs(units) < POWERS_OF_TEN[rules[field].precision()]
        && takeLong(field, units);
  }

  boolean takeTime(int field, long micros, long unit) {
    if (micros == TimeFormat.INVALID || (isPartOfTime(field) && !time.take(field, micros))) {
      return false;
    }
    return takeLong(field, Math.floorDiv(micros, unit));
  }

  boolean takeLong(int field, long value) {
    rules[field].check(value, violations.list());
    builder.setLong(field, value);
    return true;
  }

  private static long micros(TimeFormat format, Kind kind, JsonCursor in) {
    if (kind == Kind.STRING) {
      JsonText text = in.text();
      return format.micros(text.array(), text.start(), text.length());
    }
    return kind == Kind.NUMBER && in.number().isLong()
        ? format.micros(in.number().longValue())
        : TimeFormat.INVALID;
  }

  private boolean isPartOfTime(int field) {
    return time != null && time.isPart(field);
  }

  /** Rejects the value that could not be taken. */
  void unreadable(int field, String found) {
    FieldRule rule = rules[field];
    if (isPartOfTime(field)) {
      violations.unreadableTime(
          rule.name(), time.setting(field), found, time.format(field).expected());
    } else {
      violations.wrongType(rule, found, Expected.of(rule));
    }
  }
}
