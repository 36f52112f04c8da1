package dev.millrace.stages.contract;

import dev.millrace.record.FieldType;
import java.io.Serializable;
import java.time.ZoneId;

/**
 * How a date or a time is written: ISO 8601, a pattern of {@link
 * java.time.format.DateTimeFormatter}, or a number that counts from 1970. Immutable and safe to
 * share.
 *
 * <p>All are read to microseconds since 1970-01-01T00:00:00Z; a date to those of its start in UTC,
 * a time of day to those since midnight. A time without an offset is taken to be in the format's
 * zone, UTC unless the contract says otherwise. Where clocks are put forward, a time in the gap is
 * read by the offset before it (02:30 becomes what 03:30 is after the change); where they are put
 * back, a time that occurs twice is its first, summer-time occurrence. Both are what {@link
 * java.time.ZonedDateTime#ofLocal} does.
 *
 * <p>ISO 8601 is the fast path: it reads bytes and allocates nothing. A pattern costs some twenty
 * times as much.
 */
public abstract sealed class TimeFormat implements Serializable
    permits IsoFormat, PatternFormat, EpochFormat, HourMinuteFormat {
  private static final long serialVersionUID = 1L;

  /** What is returned for text or a number that is not such a time. */
  public static final long INVALID = Long.MIN_VALUE;

  static final long MICROS_PER_SECOND = 1_000_000L;
  static final long MICROS_PER_DAY = 86_400L * MICROS_PER_SECOND;

  /** The name of the default format in a contract. */
  static final String ISO = "iso8601";

  TimeFormat() {}

  /**
   * The format of a name ({@code iso8601}, {@code epochMillis}, ...) or of a pattern.
   *
   * @param type DATE, TIME or TIMESTAMP
   * @throws IllegalArgumentException if it is neither; the message is what was expected
   */
  static TimeFormat of(FieldType type, String format, ZoneId zone) {
    if (format.equals(ISO)) {
      return new IsoFormat(type, zone);
    }
    EpochFormat.Unit unit = EpochFormat.Unit.named(format);
    if (unit == null) {
      return PatternFormat.of(type, format, zone);
    }
    if (type != FieldType.TIMESTAMP) {
      throw new IllegalArgumentException(
          type == FieldType.DATE ? "a format of dates" : "a format of times of day");
    }
    return new EpochFormat(unit);
  }

  /** Whether the time is a number, and not text. */
  public abstract boolean numeric();

  /** The microseconds of a number; {@link #INVALID} if they don't fit or times are text here. */
  public abstract long micros(long number);

  /** The microseconds of text; {@link #INVALID} if it is not such a time. */
  public abstract long micros(byte[] ascii, int start, int length);

  /**
   * The time of a date and a time of day in the format's zone, both in microseconds.
   *
   * @param micros since 1970-01-01T00:00, as if it were a time of UTC
   */
  public long ofLocal(long micros) {
    return micros;
  }

  static long ofLocal(long micros, UtcOffsets offsets) {
    long second = Math.floorDiv(micros, MICROS_PER_SECOND);
    return offsets.toUtc(second) * MICROS_PER_SECOND + Math.floorMod(micros, MICROS_PER_SECOND);
  }

  /** What a value should look like, for messages: {@code a date such as 2001-01-15}. */
  public abstract String expected();
}
