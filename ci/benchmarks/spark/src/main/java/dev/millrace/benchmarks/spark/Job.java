package dev.millrace.benchmarks.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import dev.millrace.benchmarks.run.CountsReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The job with Spark's data frames, in a local session with two threads.
 *
 * @param type a record, as it is read and as it is written
 * @param rules what a good one is, said of {@link Lines#field its fields}
 * @param key the fields of which no two records have the same
 * @param time the field that says in which partition it belongs
 * @param hours aggregates records, by {@code window_start} and whatever else
 */
record Job(
    StructType type,
    Column rules,
    List<String> key,
    String time,
    UnaryOperator<Dataset<Row>> hours) {

  /** Runs the job once. */
  void run(Path input, Path output) throws IOException, InterruptedException {
    try (SparkSession spark = Settings.session()) {
      Dataset<Row> judged = Lines.judge(spark.read().text(input + "/*.ndjson"), type, rules);
      Observation all = new Observation();
      Observation unique = new Observation();
      writeRecords(judged, all, unique, output + "/records");
      writeRejects(judged, output + "/quarantine");
      writeHours(spark.read().parquet(output + "/records"), output + "/aggregates");
      report(all.getAsJava(), unique.getAsJava()).write(output);
    }
  }

  private void writeRecords(
      Dataset<Row> judged, Observation all, Observation unique, String folder) {
    Column good = col(Lines.GOOD).cast("long");
    Dataset<Row> records =
        judged
            .observe(all, count(lit(1)).as("read"), sum(good).as("good"))
            .where(col(Lines.GOOD))
            .select(Lines.field("*"))
            .drop(Lines.CORRUPT)
            .dropDuplicates(key.toArray(String[]::new))
            .observe(unique, count(lit(1)).as("unique"));
    writePartitions(records, time, folder);
  }

  private static void writeRejects(Dataset<Row> judged, String folder) {
    judged
        .where(not(col(Lines.GOOD)))
        .select(
            Lines.field(Lines.CORRUPT).isNotNull().as("malformed"), col(Lines.LINE).as("original"))
        .write()
        .json(folder);
  }

  private void writeHours(Dataset<Row> records, String folder) {
    writePartitions(
        hours.apply(records).withColumn("window_end", expr("window_start + INTERVAL 1 HOUR")),
        "window_start",
        folder);
  }

  private static void writePartitions(Dataset<Row> rows, String time, String folder) {
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
