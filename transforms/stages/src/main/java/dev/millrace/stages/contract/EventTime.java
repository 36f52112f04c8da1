package dev.millrace.stages.contract;

import java.io.Serializable;

/**
 * Where a record says when it happened, and which times are plausible.
 *
 * <p>A record whose time lies outside of the range is rejected before it can push a watermark. A
 * date happened at its start, in UTC.
 */
public final class EventTime implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int field;
  private final TimeFormat format;
  private final long minMillis;
  private final long maxMillis;

  EventTime(int field, TimeFormat format, long minMillis, long maxMillis) {
    this.field = field;
    this.format = format;
    this.minMillis = minMillis;
    this.maxMillis = maxMillis;
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
