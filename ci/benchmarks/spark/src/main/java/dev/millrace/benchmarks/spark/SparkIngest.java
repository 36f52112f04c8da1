package dev.millrace.benchmarks.spark;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import dev.millrace.benchmarks.run.Repetitions;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The events' job. */
public final class SparkIngest {
  private SparkIngest() {}

  /** Runs the job as often as the arguments say. */
  public static void main(String[] args) throws Exception {
    Job job =
        new Job(
            EventRules.EVENT, EventRules.rules(), List.of("id"), "event_time", SparkIngest::hours);
    Repetitions.measure(job::run, args);
    System.exit(0);
  }

  private static Dataset<Row> hours(Dataset<Row> events) {
    return events
        .groupBy(
            col("type"), col("country"), date_trunc("hour", col("event_time")).as("window_start"))
        .agg(
            count(lit(1)).as("count"),
            sum("amount").as("sum_amount"),
            avg("duration_ms").as("mean_duration_ms"));
  }
}
