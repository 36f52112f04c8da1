package dev.millrace.stages.contract;

import java.io.Serializable;

/**
 * Where a record says when it happened, and which times are plausible.
 *
 * <p>A record whose time lies outside of the range is rejected before it can push a watermark. A
 * date happened at its start, in UTC, unless another field has the time of day: then both are local
 * to the contract's zone, and clock changes are handled as {@link TimeFormat} says.
 */
public final class EventTime implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int NONE = -1;

  private final int field;
  private final TimeFormat format;
  private final int timeOfDayField;
  private final TimeFormat timeOfDayFormat;
  private final UtcOffsets offsets;
  private final long minMillis;
  private final long maxMillis;

  private EventTime(
      int field,
      TimeFormat format,
      int timeOfDayField,
      TimeFormat timeOfDayFormat,
      UtcOffsets offsets,
      long minMillis,
      long maxMillis) {
    this.field = field;
    this.format = format;
    this.timeOfDayField = timeOfDayField;
    this.timeOfDayFormat = timeOfDayFormat;
    this.offsets = offsets;
    this.minMillis = minMillis;
    this.maxMillis = maxMillis;
  }

  static EventTime of(int field, TimeFormat format, long minMillis, long maxMillis) {
    return new EventTime(field, format, NONE, null, null, minMillis, maxMillis);
  }

  /** The same with the time of day in a field of its own. */
  EventTime withTimeOfDay(int other, TimeFormat otherFormat, UtcOffsets zone) {
    return new EventTime(field, format, other, otherFormat, zone, minMillis, maxMillis);
  }

  /** The index of the field in the contract's schema. It is a required field. */
  public int field() {
    return field;
  }

  /**
   * How the field's text or number is read. For a DATE or TIMESTAMP field it is the format of the
   * field's own rule, which has already been applied to its value.
   */
  public TimeFormat format() {
    return format;
  }

  /** Whether {@link #field()} has only the date. */
  public boolean hasTimeOfDay() {
    return timeOfDayField != NONE;
  }

  /** The index of the required field with the time of day, or -1. */
  public int timeOfDayField() {
    return timeOfDayField;
  }

  /** How the time of day is read, as {@link #format()} is for the date. */
  public TimeFormat timeOfDayFormat() {
    return timeOfDayFormat;
  }

  /**
   * The time of a date and a time of day, in microseconds since 1970-01-01T00:00:00Z.
   *
   * @param dateMicros the start of the date, as if it were one of UTC
   * @param timeMicros since midnight by the clock, up to 24 hours
   */
  public long micros(long dateMicros, long timeMicros) {
    long local = dateMicros + timeMicros;
    long second = Math.floorDiv(local, TimeFormat.MICROS_PER_SECOND);
    long micros = Math.floorMod(local, TimeFormat.MICROS_PER_SECOND);
    return offsets.toUtc(second) * TimeFormat.MICROS_PER_SECOND + micros;
  }

  /** The earliest plausible time, in milliseconds since 1970-01-01T00:00:00Z. */
  public long minMillis() {
    return minMillis;
  }

  /** The end of the plausible range, exclusive. */
  public long maxMillis() {
    return maxMillis;
  }

  /** Whether a time is plausible: {@code min <= time < max}. */
  public boolean isPlausible(long millis) {
    return millis >= minMillis && millis < maxMillis;
  }
}
