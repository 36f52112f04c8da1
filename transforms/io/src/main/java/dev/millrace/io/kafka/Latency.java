package dev.millrace.io.kafka;

import dev.millrace.record.RawBlock;
import dev.millrace.record.RunMetrics;
import java.util.OptionalLong;
import org.apache.beam.sdk.metrics.Counter;

/**
 * Shows how long messages took from when they were published, as counts up to some bounds. A
 * message whose time is ahead of the clock took no time.
 */
final class Latency {
  private static final long[] BOUNDS = {
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 1_800_000
  };

  private final Counter[] buckets = new Counter[BOUNDS.length + 1];
  private final long[] counts = new long[buckets.length];
  private final Counter sum = RunMetrics.latencySum();

  Latency() {
    for (int i = 0; i < BOUNDS.length; i++) {
      buckets[i] = RunMetrics.latencyUpTo(BOUNDS[i]);
    }
    buckets[BOUNDS.length] = RunMetrics.latencyAbove();
  }

  /** Shows all counts as they are, even if nothing was counted: a histogram has all its bounds. */
  void show() {
    for (int i = 0; i < counts.length; i++) {
      buckets[i].inc(counts[i]);
      counts[i] = 0;
    }
  }

  /** Counts the messages of a block, which were handed on at this time. */
  void count(RawBlock block, long now) {
    long millis = 0;
    for (int i = 0; i < block.size(); i++) {
      OptionalLong published = block.publishedMillis(i);
      if (published.isPresent()) {
        long latency = Math.max(0, now - published.getAsLong());
        counts[bucket(latency)]++;
        millis += latency;
      }
    }
    sum.inc(millis);
    show();
  }

  private static int bucket(long latency) {
    int bucket = 0;
    while (bucket < BOUNDS.length && latency > BOUNDS[bucket]) {
      bucket++;
    }
    return bucket;
  }
}
