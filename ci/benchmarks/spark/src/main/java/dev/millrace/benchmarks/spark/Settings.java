package dev.millrace.benchmarks.spark;

import org.apache.spark.sql.SparkSession;

/** The local session: each setting was measured against its default. */
final class Settings {
  private Settings() {}

  static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("ingest")
        .config("spark.ui.enabled", false)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", 2)
        .config("spark.sql.parquet.compression.codec", "zstd")
        .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
        .config("spark.hadoop.parquet.compression.codec.zstd.level", 1)
        .getOrCreate();
  }
}
