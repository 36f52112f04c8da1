package dev.millrace.stages.window;

import org.joda.time.Duration;

/** How far behind the watermark a record may be. */
final class Lateness {
  private Lateness() {}

  static Duration check(Duration allowedLateness) {
    if (allowedLateness.getMillis() < 0) {
      throw new IllegalArgumentException(
          "Invalid allowed lateness: %s (expected zero or more)".formatted(allowedLateness));
    }
    return allowedLateness;
  }
}
