package dev.millrace.pipelines.ingest;

import dev.millrace.record.Durations;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Reads the values of options. */
final class Choice {
  private Choice() {}

  static Duration duration(String option, String text) {
    try {
      return Durations.parse("--" + option, text);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("Invalid --%s: %s".formatted(option, text), e);
    }
  }

  /** Names the option that a bad value came from. */
  static <T> T checked(String option, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Invalid --%s: %s".formatted(option, e.getMessage()), e);
    }
  }

  /**
   * Refuses an option that something else is needed for, or must not be there for.
   *
   * @param value what may be shown of it; null if it isn't given
   */
  static void refuse(String option, String value, String expected) {
    if (value != null) {
      throw new IllegalArgumentException(
          "Invalid --%s: %s (expected only %s)".formatted(option, value, expected));
    }
  }

  /** The values of an option as they are given; null if it isn't. */
  static String shown(List<String> values) {
    return values == null ? null : String.join(",", values);
  }
}
