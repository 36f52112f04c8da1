package dev.millrace.record;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as contracts, options and windows write them: a number and one of {@code ms}, {@code
 * s}, {@code m}, {@code h}, {@code d} ({@code 90s}, {@code 1h}; a day is 24 hours), or ISO 8601
 * ({@code PT1H30M}).
 */
public final class Durations {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)");

  private Durations() {}

  /**
   * Reads a duration.
   *
   * @param name what the duration is, for the message
   * @throws IllegalArgumentException if the text is not a duration; the message names it
   */
  public static Duration parse(String name, String text) {
    Matcher matcher = SHORT.matcher(text);
    try {
      if (!matcher.matches()) {
        return Duration.parse(text);
      }
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (expected a number and one of ms, s, m, h, d, such as 1h, or ISO 8601)"
              .formatted(name, text),
          e);
    }
  }
}
