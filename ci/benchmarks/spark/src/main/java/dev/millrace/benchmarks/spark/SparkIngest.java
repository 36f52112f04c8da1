package dev.millrace.benchmarks.spark;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import dev.millrace.benchmarks.run.CountsReport;
import dev.millrace.benchmarks.run.Repetitions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** The job with Spark's data frames, in a local session with two threads. */
public final class SparkIngest {
  private static final Map<String, String> JSON =
      Map.of("mode", "PERMISSIVE", "columnNameOfCorruptRecord", EventRules.CORRUPT);

  private SparkIngest() {}

  /** Runs the job as often as the arguments say. */
  public static void main(String[] args) throws Exception {
    Repetitions.measure(SparkIngest::run, args);
    System.exit(0);
  }

  /** Runs the job once. */
  public static void run(Path input, Path output) throws IOException, InterruptedException {
    try (SparkSession spark = Settings.session()) {
      Dataset<Row> lines = spark.read().text(input + "/*.ndjson");
      Dataset<Row> judged = judge(lines);
      Observation all = new Observation();
      Observation unique = new Observation();
      writeRecords(judged, all, unique, output + "/records");
      writeRejects(judged, output + "/quarantine");
      writeHours(spark.read().parquet(output + "/records"), output + "/aggregates");
      report(all.getAsJava(), unique.getAsJava()).write(output);
    }
  }

  /** Reads each line once, and says whether it is good. */
  private static Dataset<Row> judge(Dataset<Row> lines) {
    Column event =
        from_json(
            col("value"), EventRules.EVENT.add(EventRules.CORRUPT, DataTypes.StringType), JSON);
    return lines
        .withColumn("event", event)
        .withColumn("good", EventRules.good(col("value"), "event"));
  }

  private static void writeRecords(
      Dataset<Row> judged, Observation all, Observation unique, String folder) {
    Column good = col("good").cast("long");
    Dataset<Row> events =
        judged
            .observe(all, count(lit(1)).as("read"), sum(good).as("good"))
            .where(col("good"))
            .select("event.*")
            .drop(EventRules.CORRUPT)
            .dropDuplicates(new String[] {"id"})
            .observe(unique, count(lit(1)).as("unique"));
    partitioned(events, "event_time", folder);
  }

  private static void writeRejects(Dataset<Row> judged, String folder) {
    judged
        .where(not(col("good")))
        .select(
            col("event." + EventRules.CORRUPT).isNotNull().as("malformed"),
            col("value").as("original"))
        .write()
        .json(folder);
  }

  private static void writeHours(Dataset<Row> events, String folder) {
    Dataset<Row> hours =
        events
            .groupBy(
                col("type"),
                col("country"),
                date_trunc("hour", col("event_time")).as("window_start"))
            .agg(
                count(lit(1)).as("count"),
                sum("amount").as("sum_amount"),
                avg("duration_ms").as("mean_duration_ms"))
            .withColumn("window_end", expr("window_start + INTERVAL 1 HOUR"));
    partitioned(hours, "window_start", folder);
  }

  private static void partitioned(Dataset<Row> rows, String time, String folder) {
    rows.withColumn("dt", date_format(col(time), "yyyy-MM-dd"))
        .write()
        .partitionBy("dt")
        .mode(SaveMode.Overwrite)
        .parquet(folder);
  }

  private static CountsReport report(Map<String, Object> all, Map<String, Object> unique) {
    long read = (Long) all.get("read");
    long good = (Long) all.get("good");
    return new CountsReport(read, read - good, good - (Long) unique.get("unique"));
  }
}
