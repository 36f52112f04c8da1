package dev.millrace.stages.decode;

import dev.millrace.record.RecordBuilder;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.contract.EventTime;
import dev.millrace.stages.contract.FieldRule;
import dev.millrace.stages.contract.TimeFormat;
import dev.millrace.stages.decode.JsonCursor.Kind;
import java.util.OptionalLong;

/**
 * Takes the values of a contract's fields from JSON into the record being built, checks them by the
 * field's rule, and reads the event time from its field.
 */
final class FieldValues {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private final FieldRule[] rules;
  private final EventTime eventTime;
  private final RecordBuilder builder;
  private final Violations violations;

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
      case STRING -> kind == Kind.STRING && takeText(field, in.text());
      case INTEGER -> kind == Kind.NUMBER && takeInteger(field, in.number());
      case NUMBER -> kind == Kind.NUMBER && takeNumber(field, in.number().doubleValue());
      case BOOLEAN ->
          (kind == Kind.TRUE || kind == Kind.FALSE) && takeLong(field, kind == Kind.TRUE ? 1 : 0);
      case DATE -> takeTime(field, micros(rules[field].format(), kind, in), MICROS_PER_DAY);
      case TIMESTAMP -> takeTime(field, micros(rules[field].format(), kind, in), 1);
    };
  }

  private boolean takeText(int field, JsonText text) {
    byte[] array = text.array();
    int start = text.start();
    int length = text.length();
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
      case DATE, TIMESTAMP -> rule.format().expected();
    };
  }
}
