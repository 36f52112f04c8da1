package dev.millrace.record;

import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * The metrics by which a run is watched while it goes on. They forget at a failover what was
 * counted before, so nothing that has to be true may come of them: that is in tallies, as data.
 *
 * <p>Metrics of Beam have a name and no labels; what would be one is the last part of the name. A
 * runner's reporter takes these names apart (runners/flink/metrics), so they are all here.
 */
public final class RunMetrics {
  private static final String NAMESPACE = "millrace";

  private RunMetrics() {}

  /** Records of which this became, or that were read. */
  public static Counter records(Disposition disposition) {
    return Metrics.counter(NAMESPACE, "records_" + disposition.code());
  }

  /** Records that were rejected for a reason, by its code. */
  public static Counter recordsRejected(String reason) {
    return Metrics.counter(NAMESPACE, "records_rejected." + reason);
  }

  /** How many messages of a partition were published and not yet read. */
  public static Gauge lag(String topic, int partition) {
    // Flink's REST endpoint makes an underscore of every dot, and topics have both.
    return Metrics.gauge(NAMESPACE, "lag.%d.%s".formatted(partition, topic.replace('.', '~')));
  }

  /** The watermark of a source, in milliseconds since 1970. */
  public static Gauge watermark() {
    return Metrics.gauge(NAMESPACE, "watermark.millis");
  }

  /** Messages that took no longer than this, but longer than the next shorter time there is. */
  public static Counter latencyUpTo(long millis) {
    return Metrics.counter(NAMESPACE, "latency." + millis);
  }

  /** Messages that took longer than the longest of these times. */
  public static Counter latencyAbove() {
    return Metrics.counter(NAMESPACE, "latency.above");
  }

  /** The milliseconds that all messages took together. */
  public static Counter latencySum() {
    return Metrics.counter(NAMESPACE, "latency.sum_millis");
  }
}
