package dev.millrace.io;

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

  /** The pattern for each UTC day that {@code [from, to)} touches, or itself if it has no date. */
  static List<String> expand(String pattern, Instant from, Instant to) {
    if (!isDated(pattern)) {
      return List.of(pattern);
    }
    LocalDate first = LocalDate.ofInstant(from, ZoneOffset.UTC);
    LocalDate last = LocalDate.ofInstant(to.minusNanos(1), ZoneOffset.UTC);
    return first
        .datesUntil(last.plusDays(1))
        .map(day -> pattern.replace(DATE, day.toString()))
        .toList();
  }
}
