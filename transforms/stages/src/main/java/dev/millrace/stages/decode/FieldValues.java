package dev.millrace.stages.decode;

import dev.millrace.record.RecordBuilder;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.contract.EventTime;
import dev.millrace.stages.contract.FieldRule;
import dev.millrace.stages.contract.TimeFormat;
import dev.millrace.stages.decode.JsonCursor.Kind;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Takes the values of a contract's fields from JSON or text into the record being built, checks
 * them by the field's rule, and reads the event time from its field.
 */
final class FieldValues {
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  private final FieldRule[] rules;
  private final EventTime eventTime;
  private final RecordBuilder builder;
  private final Violations violations;
  private final JsonNumber number = new JsonNumber();

  private boolean happened;
  private long eventTimeMillis;

  FieldValues(Contract contract, RecordBuilder builder, Violations violations) {
    rules = contract.rules().toArray(FieldRule[]::new);
    eventTime = contract.eventTime();
    this.builder = builder;
    this.violations = violations;
  }

  /** Begins with another record. */
  void begin() {
    happened = false;
  }

  /** When a record that keeps its contract happened. */
  long eventTimeMillis() {
    return eventTimeMillis;
  }

  /** When the record happened, if that has been read and is plausible. */
  OptionalLong knownEventTimeMillis() {
    return happened ? OptionalLong.of(eventTimeMillis) : OptionalLong.empty();
  }

  /**
   * Takes the value that the cursor has read.
   *
   * @return false if it can't be a value of the field, whatever its rule says
   */
  boolean take(int field, Kind kind, JsonCursor in) {
    return switch (rules[field].type()) {
      case STRING -> {
        JsonText text = in.text();
        yield kind == Kind.STRING && takeText(field, text.array(), text.start(), text.length());
      }
      case INTEGER -> kind == Kind.NUMBER && takeInteger(field, in.number());
      case NUMBER -> kind == Kind.NUMBER && takeNumber(field, in.number().doubleValue());
      case BOOLEAN ->
          (kind == Kind.TRUE || kind == Kind.FALSE) && takeLong(field, kind == Kind.TRUE ? 1 : 0);
      case DATE -> takeTime(field, micros(rules[field].format(), kind, in), MICROS_PER_DAY);
      case TIMESTAMP -> takeTime(field, micros(rules[field].format(), kind, in), 1);
      default -> throw unreadable(field);
    };
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
      case INTEGER -> isNumber(utf8, start, length) && takeInteger(field, number);
      case NUMBER -> isNumber(utf8, start, length) && takeNumber(field, number.doubleValue());
      case BOOLEAN -> takeBoolean(field, utf8, start, length);
      case DATE -> takeTime(field, micros(field, utf8, start, length), MICROS_PER_DAY);
      case TIMESTAMP -> takeTime(field, micros(field, utf8, start, length), 1);
      default -> throw unreadable(field);
    };
  }

  /** No contract compiles to such a field. */
  private IllegalStateException unreadable(int field) {
    return new IllegalStateException("Cannot read a value of " + rules[field]);
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

  private boolean takeText(int field, byte[] array, int start, int length) {
    if (isEventTime(field) && !happenedAt(eventTime.format().micros(array, start, length))) {
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
    long value = number.longValue();
    if (isEventTime(field) && !happenedAt(eventTime.format().micros(value))) {
      return false;
    }
    return takeLong(field, value);
  }

  private boolean takeNumber(int field, double value) {
    if (Double.isInfinite(value)) {
      return false;
    }
    rules[field].check(value, violations.list());
    builder.setDouble(field, value);
    return true;
  }

  private boolean takeTime(int field, long micros, long unit) {
    if (micros == TimeFormat.INVALID || (isEventTime(field) && !happenedAt(micros))) {
      return false;
    }
    return takeLong(field, Math.floorDiv(micros, unit));
  }

  private boolean takeLong(int field, long value) {
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

  private boolean isEventTime(int field) {
    return field == eventTime.field();
  }

  /** Takes the event time, unless it is not plausible; false if it is none. */
  private boolean happenedAt(long micros) {
    if (micros == TimeFormat.INVALID) {
      return false;
    }
    long millis = Math.floorDiv(micros, 1000L);
    happened = eventTime.isPlausible(millis);
    if (happened) {
      eventTimeMillis = millis;
    } else {
      violations.implausible(rules[eventTime.field()].name(), millis, eventTime);
    }
    return true;
  }

  /** Rejects the value that could not be taken. */
  void unreadable(int field, String found) {
    FieldRule rule = rules[field];
    if (isEventTime(field)) {
      violations.unreadableTime(rule.name(), found, eventTime.format().expected());
    } else {
      violations.wrongType(rule.name(), rule.type(), found, expected(rule));
    }
  }

  private static String expected(FieldRule rule) {
    return switch (rule.type()) {
      case STRING -> "a string";
      case INTEGER -> "an integer of 64 bits";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      default -> rule.format().expected();
    };
  }
}
