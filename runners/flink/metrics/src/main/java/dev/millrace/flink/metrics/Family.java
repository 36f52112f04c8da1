package dev.millrace.flink.metrics;

import java.util.Locale;

/** What is shown of runs: a name by Prometheus's conventions, and what it means. */
public enum Family {
  /** Records that were read. */
  RECORDS_READ(
      "millrace_records_read_total",
      Type.COUNTER,
      "Records read since the tasks started; those after the last checkpoint again at a failover"),
  /** What became of records: the outcomes add up to those that were read, when all are through. */
  RECORDS(
      "millrace_records_total",
      Type.COUNTER,
      "Records by what became of them since the tasks started"),
  /** Messages that are in a partition and were not yet handed on. */
  CONSUMER_LAG(
      "millrace_consumer_lag_records",
      Type.GAUGE,
      "Messages of a partition that were published and not yet read"),
  /** How far the watermark of the source is behind the clock. */
  WATERMARK_LAG(
      "millrace_watermark_lag_seconds",
      Type.GAUGE,
      "How far the watermark of the source is behind the clock"),
  /** From the publish time of messages until they were decoded, checked and handed on. */
  LATENCY(
      "millrace_end_to_end_latency_seconds",
      Type.HISTOGRAM,
      "From the publish time of a message until it was decoded, checked and handed on"),
  /** The time since the last checkpoint was complete. */
  CHECKPOINT_AGE(
      "millrace_checkpoint_age_seconds",
      Type.GAUGE,
      "Time since the last checkpoint was complete, or else since the job was submitted"),
  /** How long the last checkpoint took. */
  CHECKPOINT_DURATION(
      "millrace_checkpoint_duration_seconds", Type.GAUGE, "How long the last checkpoint took"),
  /** The bytes that the last checkpoint wrote. */
  CHECKPOINT_SIZE(
      "millrace_checkpoint_size_bytes", Type.GAUGE, "What the last checkpoint had to write"),
  /** Checkpoints that were completed. */
  CHECKPOINTS_COMPLETED(
      "millrace_checkpoints_completed_total",
      Type.COUNTER,
      "Checkpoints that were completed since the job was submitted"),
  /** Checkpoints that failed. */
  CHECKPOINTS_FAILED(
      "millrace_checkpoints_failed_total",
      Type.COUNTER,
      "Checkpoints that failed since the job was submitted"),
  /** How often the job was started again after a failure. */
  RESTARTS(
      "millrace_job_restarts_total",
      Type.COUNTER,
      "How often the job was started again after a failure");

  /** What the numbers of a family are, and so how those of several subtasks make one. */
  public enum Type {
    /** Grows, and starts at zero again with the process: several are added up. */
    COUNTER,
    /** Is what it is now: of several, the greatest is the one to look after. */
    GAUGE,
    /** Counts by upper bound: several are added up. */
    HISTOGRAM;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String exposedName;
  private final Type type;
  private final String help;

  Family(String exposedName, Type type, String help) {
    this.exposedName = exposedName;
    this.type = type;
    this.help = help;
  }

  /** The name that Prometheus knows. */
  public String exposedName() {
    return exposedName;
  }

  /** What its numbers are. */
  public Type type() {
    return type;
  }

  String help() {
    return help;
  }

  double combine(double one, double other) {
    return type == Type.GAUGE ? Math.max(one, other) : one + other;
  }
}
