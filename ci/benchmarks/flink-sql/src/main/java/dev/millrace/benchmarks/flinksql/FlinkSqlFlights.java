package dev.millrace.benchmarks.flinksql;

import dev.millrace.benchmarks.run.Repetitions;
import java.util.List;

/** The flights' job. */
public final class FlinkSqlFlights {
  static final Job JOB = new Job(List.of("flights.sql", "hours.sql"));

  private FlinkSqlFlights() {}

  /** Runs the job as often as the arguments say. */
  public static void main(String[] args) throws Exception {
    Repetitions.measure(JOB::run, args);
    System.exit(0); // Flink's threads would keep the process for a while
  }
}
