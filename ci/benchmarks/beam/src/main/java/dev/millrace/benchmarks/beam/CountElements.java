package dev.millrace.benchmarks.beam;

import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.transforms.DoFn;

/** Counts what passes. */
final class CountElements<T> extends DoFn<T, T> {
  private static final String NAMESPACE = "ingest";

  private final Counter counter;

  CountElements(String name) {
    this.counter = Metrics.counter(NAMESPACE, name);
  }

  @ProcessElement
  public void process(@Element T element, OutputReceiver<T> out) {
    counter.inc();
    out.output(element);
  }

  /** What a counter came to in a run. */
  static long result(MetricResults metrics, String name) {
    MetricsFilter filter =
        MetricsFilter.builder().addNameFilter(MetricNameFilter.named(NAMESPACE, name)).build();
    long total = 0;
    for (MetricResult<Long> counter : metrics.queryMetrics(filter).getCounters()) {
      total += counter.getAttempted();
    }
    return total;
  }
}
