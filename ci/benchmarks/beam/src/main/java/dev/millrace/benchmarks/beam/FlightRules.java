package dev.millrace.benchmarks.beam;

import java.util.regex.Pattern;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;

/** A flight as a row, and the rules of its contract. */
final class FlightRules {
  /** The flight, as it is read and as it is written. */
  static final Schema FLIGHT =
      Schema.builder()
          .addDateTimeField("date")
          .addInt64Field("delay")
          .addInt64Field("distance")
          .addStringField("origin")
          .addStringField("destination")
          .build();

  private static final Pattern AIRPORT = Pattern.compile("[A-Z0-9]{3}");
  private static final Instant TIME_MIN = Instant.parse("2001-01-01T00:00:00Z");
  private static final Instant TIME_MAX = Instant.parse("2001-07-01T00:00:00Z");

  private FlightRules() {}

  /** Whether a flight, whose line {@link CheckLine} let pass, breaks no rule. */
  static boolean isGood(Row flight) {
    return !flight.getDateTime("date").isBefore(TIME_MIN)
        && flight.getDateTime("date").isBefore(TIME_MAX)
        && flight.getInt64("delay") >= -120
        && flight.getInt64("delay") <= 720
        && flight.getInt64("distance") >= 1
        && AIRPORT.matcher(flight.getString("origin")).matches()
        && AIRPORT.matcher(flight.getString("destination")).matches();
  }
}
