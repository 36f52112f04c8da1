package dev.millrace.pipelines.ingest;

import dev.millrace.record.Durations;
import java.time.Duration;
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
}
