package dev.millrace.operate.run;

import dev.millrace.ledger.Interval;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** The logical intervals of runs: UTC days, or instants, half-open. */
public final class Intervals {
  private Intervals() {}

  /** What the options of a run ask for; empty if an end is open. */
  static Optional<Interval> of(Map<String, String> options) {
    return options.containsKey("from") && options.containsKey("to")
        ? Optional.of(
            new Interval(parse("from", options.get("from")), parse("to", options.get("to"))))
        : Optional.empty();
  }

  /**
   * Reads a UTC day, or an instant.
   *
   * @param option the option that it is of, for the message
   * @throws IllegalArgumentException if it is neither
   */
  public static Instant parse(String option, String text) {
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "Invalid --%s: %s (expected a UTC day such as 2001-01-15, or an instant such as 2001-01-15T06:00:00Z)"
              .formatted(option, text),
          e);
    }
  }

  /** As short as it can be given: a day where it is the start of one. */
  public static String text(Instant instant) {
    String text = instant.toString();
    return text.endsWith("T00:00:00Z") ? text.substring(0, text.indexOf('T')) : text;
  }
}
