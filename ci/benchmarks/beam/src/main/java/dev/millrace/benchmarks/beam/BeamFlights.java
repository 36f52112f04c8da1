package dev.millrace.benchmarks.beam;

import dev.millrace.benchmarks.run.Repetitions;
import org.apache.beam.sdk.transforms.Distinct;

/** The flights' job. Flights have no key, so that whole rows are compared. */
public final class BeamFlights {
  private BeamFlights() {}

  /** Runs the job as often as the arguments say. */
  public static void main(String[] args) throws Exception {
    Repetitions.measure(job()::run, args);
    System.exit(0); // Flink's threads would keep the process for a while
  }

  static Job job() {
    return new Job(
        FlightRules.FLIGHT,
        FlightRules::isGood,
        Distinct.create(),
        "date",
        new HourlyDelays(),
        HourlyDelays.HOUR);
  }
}
