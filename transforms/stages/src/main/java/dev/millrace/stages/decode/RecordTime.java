package dev.millrace.stages.decode;

import dev.millrace.stages.contract.EventTime;
import dev.millrace.stages.contract.FieldRule;
import dev.millrace.stages.contract.TimeFormat;
import java.util.List;
import java.util.OptionalLong;

/** When the record at hand happened: from one field, or from a date and a time of day. */
final class RecordTime {
  private final EventTime eventTime;
  private final String name;
  private final int field;
  private final int timeOfDayField;
  private final Violations violations;

  private long dateMicros;
  private long timeOfDayMicros;
  private boolean happened;
  private long millis;

  RecordTime(EventTime eventTime, List<FieldRule> rules, Violations violations) {
    this.eventTime = eventTime;
    this.name = rules.get(eventTime.field()).name();
    this.field = eventTime.field();
    this.timeOfDayField = eventTime.timeOfDayField();
    this.violations = violations;
    begin();
  }

  /** Begins with another record. */
  void begin() {
    happened = false;
    dateMicros = TimeFormat.INVALID;
    timeOfDayMicros = TimeFormat.INVALID;
  }

  /** When a record that keeps its contract happened. */
  long millis() {
    return millis;
  }

  /** Whether all parts have been read and make a plausible time. */
  boolean isKnown() {
    return happened;
  }

  /** When the record happened, if that has been read and is plausible. */
  OptionalLong known() {
    return happened ? OptionalLong.of(millis) : OptionalLong.empty();
  }

  /** Whether a field of the record tells when it happened. */
  boolean isPart(int field) {
    return field == this.field || field == timeOfDayField;
  }

  /** How a field that is a part is written. */
  TimeFormat format(int part) {
    return part == field ? eventTime.format() : eventTime.timeOfDayFormat();
  }

  /** The property of the contract that makes the field a part. */
  String setting(int part) {
    return part == field ? "millrace.eventTimeField" : "millrace.eventTimeOfDayField";
  }

  /** Takes what a part has, unless it is no time; the whole is checked to be plausible. */
  boolean take(int part, long micros) {
    if (micros == TimeFormat.INVALID) {
      return false;
    }
    if (!eventTime.hasTimeOfDay()) {
      happenedAt(micros);
      return true;
    }
    if (part == field) {
      dateMicros = micros;
    } else {
      timeOfDayMicros = micros;
    }
    if (dateMicros != TimeFormat.INVALID && timeOfDayMicros != TimeFormat.INVALID) {
      happenedAt(eventTime.micros(dateMicros, timeOfDayMicros));
    }
    return true;
  }

  private void happenedAt(long micros) {
    long read = Math.floorDiv(micros, 1000L);
    happened = eventTime.isPlausible(read);
    if (happened) {
      millis = read;
    } else {
      violations.implausible(name, read, eventTime);
    }
  }
}
