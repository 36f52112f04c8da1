package dev.millrace.io.files;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Paths with a date in them: <code>{date}</code> stands for a UTC day. */
final class DatePattern {
  private static final String DATE = "{date}";

  private DatePattern() {}

  static boolean isDated(String pattern) {
    return pattern.contains(DATE);
  }

  /** The UTC days that {@code [from, to)} touches. */
  static List<LocalDate> days(Instant from, Instant to) {
    LocalDate first = LocalDate.ofInstant(from, ZoneOffset.UTC);
    LocalDate last = LocalDate.ofInstant(to.minusNanos(1), ZoneOffset.UTC);
    return first.datesUntil(last.plusDays(1)).toList();
  }

  /** The pattern of one day. */
  static String on(LocalDate day, String pattern) {
    return pattern.replace(DATE, day.toString());
  }
}
