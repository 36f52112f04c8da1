package dev.millrace.stages.contract.odcs;

import dev.millrace.record.FieldType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** How values look in messages: on one line, and never long. */
public final class Shown {
  private static final int LIMIT = 80;

  private Shown() {}

  /** A value of a type that has whole numbers: a date as a date, a time as a time. */
  public static String of(FieldType type, long value) {
    return switch (type) {
      case BOOLEAN -> value == 0 ? "false" : "true";
      case DATE -> LocalDate.ofEpochDay(value).toString();
      case TIME -> LocalTime.ofNanoOfDay(1_000 * value).toString();
      case TIMESTAMP -> Instant.EPOCH.plus(value, ChronoUnit.MICROS).toString();
      default -> Long.toString(value);
    };
  }

  /** A number without the exponent or the {@code .0} that Java would give it. */
  public static String of(double value) {
    boolean plain = Math.abs(value) < 1e15 && value == Math.rint(value);
    return plain ? BigDecimal.valueOf((long) value).toString() : Double.toString(value);
  }

  /** A string in UTF-8, in quotes. */
  public static String of(byte[] utf8, int start, int length) {
    // A code point has four bytes at most: no need to decode more than can be shown.
    int decoded = Math.min(length, 4 * (LIMIT + 1));
    return "\"" + of(new String(utf8, start, decoded, StandardCharsets.UTF_8)) + "\"";
  }

  /** Text as it is, but for control characters and what goes past the limit. */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LIMIT)
        .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
        .forEach(shown::appendCodePoint);
    return shown.append(text.codePointCount(0, text.length()) > LIMIT ? "..." : "").toString();
  }
}
