package dev.millrace.pipelines.ingest;

import dev.millrace.io.files.FileSet;
import java.time.Duration;

/**
 * How far around the interval of a run the days of its files lie that may hold records of it, or of
 * windows that start in it.
 *
 * @param isOfFiles whether files are chosen by their days; if not, there is no other input
 */
record Lookaround(Duration back, Duration ahead, boolean isOfFiles) {
  private static final Duration LONGEST = Duration.ofDays(3660);

  static Lookaround of(IngestOptions options, Interval interval) {
    refuse(options, "lookBack", options.getLookBack(), interval);
    refuse(options, "lookAhead", options.getLookAhead(), interval);
    return new Lookaround(
        duration("lookBack", options.getLookBack()),
        duration("lookAhead", options.getLookAhead()),
        !options.isStreaming() && interval.isClosed() && isDated(options));
  }

  private static void refuse(IngestOptions options, String name, String value, Interval interval) {
    if (options.isStreaming()) {
      Choice.refuse(name, value, "without --streaming");
    }
    if (!interval.isClosed()) {
      Choice.refuse(name, value, "with --from and --to");
    }
    if (!isDated(options)) {
      Choice.refuse(name, value, "with {date} in --input");
    }
  }

  private static boolean isDated(IngestOptions options) {
    return options.getInput() != null && FileSet.isDated(options.getInput());
  }

  private static Duration duration(String option, String text) {
    if (text == null) {
      return Duration.ZERO;
    }
    Duration duration = Choice.duration(option, text);
    if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "Invalid --%s: %s (expected 0s to %sd)".formatted(option, text, LONGEST.toDays()));
    }
    return duration;
  }

  /** Refuses windows that reach out farther than files are read. */
  void check(String window, WindowReach reach) {
    check(window, "lookAhead", ahead, reach.ahead(), "go on after its end");
    check(window, "lookBack", back, reach.back(), "depend on records before its start");
  }

  private void check(String window, String option, Duration given, Duration needed, String what) {
    if (isOfFiles && given.compareTo(needed) < 0) {
      throw new IllegalArgumentException(
          "Invalid --window: %s (expected --%s=%s or more, as windows that start in the interval %s)"
              .formatted(window, option, needed, what));
    }
  }
}
