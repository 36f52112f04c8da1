package dev.millrace.operate.draft;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.concurrent.TimeUnit;

/**
 * A type that all values of a field have.
 *
 * @param format how dates and times are written, empty for ISO 8601
 * @param range of the values; of texts, that of their lengths; of times, in microseconds since 1970
 *     or, of a time of day, since midnight
 */
record Typing(String logicalType, String format, Range range) {
  static Typing of(String logicalType, Range range) {
    return new Typing(logicalType, "", range);
  }

  boolean isTime() {
    return switch (logicalType) {
      case "date", "time", "timestamp" -> true;
      default -> false;
    };
  }

  /** Whether values can tell records apart: a measure or a flag is no key. */
  boolean isKey() {
    return isTime() || logicalType.equals("integer") || logicalType.equals("string");
  }

  /** A time of the range, as people write it. */
  String shown(long micros) {
    return switch (logicalType) {
      case "date" ->
          LocalDate.ofEpochDay(Math.floorDiv(micros, TimeUnit.DAYS.toMicros(1))).toString();
      case "time" -> LocalTime.ofNanoOfDay(TimeUnit.MICROSECONDS.toNanos(micros)).toString();
      default -> instant(micros).toString();
    };
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plusMillis(Math.floorDiv(micros, 1000L));
  }
}
