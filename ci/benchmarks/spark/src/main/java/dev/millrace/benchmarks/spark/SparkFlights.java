package dev.millrace.benchmarks.spark;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import dev.millrace.benchmarks.run.Repetitions;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The flights' job. Flights have no key, so that all of their fields are. */
public final class SparkFlights {
  private SparkFlights() {}

  /** Runs the job as often as the arguments say. */
  public static void main(String[] args) throws Exception {
    Repetitions.measure(job()::run, args);
    System.exit(0);
  }

  static Job job() {
    return new Job(
        FlightRules.FLIGHT,
        FlightRules.rules(),
        List.of(FlightRules.FLIGHT.fieldNames()),
        "date",
        SparkFlights::hours);
  }

  private static Dataset<Row> hours(Dataset<Row> flights) {
    return flights
        .groupBy(col("origin"), date_trunc("hour", col("date")).as("window_start"))
        .agg(
            count(lit(1)).as("count"), avg("delay").as("mean_delay"), max("delay").as("max_delay"));
  }
}
