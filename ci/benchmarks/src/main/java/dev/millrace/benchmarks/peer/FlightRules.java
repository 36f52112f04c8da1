package dev.millrace.benchmarks.peer;

import dev.millrace.benchmarks.plain.Violations;
import java.util.List;
import java.util.regex.Pattern;

/** The rules of {@code flights.odcs.yaml}, by hand. */
final class FlightRules {
  private static final Pattern AIRPORT = Pattern.compile("^[A-Z0-9]{3}$");
  private static final long TIME_MIN = 978_307_200_000_000L; // 2001-01-01T00:00:00Z
  private static final long TIME_MAX = 993_945_600_000_000L; // 2001-07-01T00:00:00Z

  private FlightRules() {}

  /** All that is wrong with a flight; an empty list, always the same one, if nothing is. */
  static List<String> violations(Flight flight) {
    Violations found = new Violations();
    found.range("date", flight.date, TIME_MIN, TIME_MAX - 1);
    found.range("delay", flight.delay, -120, 720);
    found.range("distance", flight.distance, 1, Long.MAX_VALUE);
    found.matches("origin", flight.origin, AIRPORT);
    found.matches("destination", flight.destination, AIRPORT);
    return found.list();
  }
}
