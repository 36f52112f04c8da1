package dev.millrace.stages.contract;

import dev.millrace.record.FieldType;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/**
 * The patterns of {@link DateTimeFormatter}, with English names of months and days. Dates that
 * don't exist are no dates: {@code java.time} would otherwise read February 30 as the 28th.
 */
final class PatternFormat extends TimeFormat {
  private static final long serialVersionUID = 1L;

  /** Two times of one day that differ in all of their parts. */
  private static final ZonedDateTime MORNING =
      ZonedDateTime.of(2001, 2, 3, 9, 15, 26, 0, ZoneOffset.UTC);

  private static final ZonedDateTime EVENING =
      ZonedDateTime.of(2001, 2, 3, 16, 5, 6, 789_123_000, ZoneOffset.UTC);

  private final FieldType type;
  private final String pattern;
  private final ZoneId zone;
  private final transient DateTimeFormatter formatter;
  private final transient UtcOffsets offsets;

  /** Whether the pattern has a time of day, which must then be read. */
  private final transient boolean timed;

  private PatternFormat(FieldType type, String pattern, ZoneId zone) {
    this.type = type;
    this.pattern = pattern;
    this.zone = zone;
    this.formatter =
        new DateTimeFormatterBuilder()
            .appendPattern(pattern)
            // A strict year of era (y) needs an era, which no one writes.
            .parseDefaulting(ChronoField.ERA, 1)
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);
    this.offsets = UtcOffsets.of(zone);
    this.timed = !formatter.format(MORNING).equals(formatter.format(EVENING));
  }

  /**
   * The format of a pattern.
   *
   * @throws IllegalArgumentException if there is no such pattern or it doesn't give a date and, if
   *     any, a full time of day; the message is what was expected
   */
  static PatternFormat of(FieldType type, String pattern, ZoneId zone) {
    try {
      PatternFormat format = new PatternFormat(type, pattern, zone);
      byte[] evening = format.formatter.format(EVENING).getBytes(StandardCharsets.UTF_8);
      if (format.micros(evening, 0, evening.length) != INVALID) {
        return format;
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException("a pattern of java.time: " + reason(e), e);
    }
    throw new IllegalArgumentException(
        type == FieldType.TIME
            ? "a pattern that gives an unambiguous time of day"
            : "a pattern that gives a date and an unambiguous time");
  }

  private static String reason(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  /** Whether the pattern has an offset or a zone, which is then read. */
  boolean hasOffset() {
    return formatter.parse(formatter.format(EVENING)).isSupported(ChronoField.INSTANT_SECONDS);
  }

  @Override
  public boolean numeric() {
    return false;
  }

  @Override
  public long micros(long number) {
    return INVALID;
  }

  @Override
  public long micros(byte[] ascii, int start, int length) {
    try {
      return micros(formatter.parse(new String(ascii, start, length, StandardCharsets.UTF_8)));
    } catch (DateTimeException | ArithmeticException e) {
      return INVALID;
    }
  }

  private long micros(TemporalAccessor parsed) {
    LocalDate date = parsed.query(TemporalQueries.localDate());
    LocalTime time = parsed.query(TemporalQueries.localTime());
    if (type == FieldType.TIME) {
      return time == null ? INVALID : time.toNanoOfDay() / 1_000;
    }
    if (date == null || (timed && time == null)) {
      return INVALID;
    }
    if (type == FieldType.DATE) {
      return Math.multiplyExact(date.toEpochDay(), MICROS_PER_DAY);
    }
    LocalTime timeOfDay = time == null ? LocalTime.MIDNIGHT : time;
    long local = date.atTime(timeOfDay).toEpochSecond(ZoneOffset.UTC);
    long utc =
        parsed.isSupported(ChronoField.INSTANT_SECONDS)
            ? parsed.getLong(ChronoField.INSTANT_SECONDS)
            : offsets.toUtc(local);
    return Math.multiplyExact(utc, MICROS_PER_SECOND) + timeOfDay.get(ChronoField.MICRO_OF_SECOND);
  }

  @Override
  public long ofLocal(long micros) {
    return ofLocal(micros, offsets);
  }

  @Override
  public String expected() {
    String what =
        switch (type) {
          case DATE -> "a date like ";
          case TIME -> "a time of day like ";
          default -> "a time like ";
        };
    return what + pattern;
  }

  private Object readResolve() {
    return new PatternFormat(type, pattern, zone);
  }
}
