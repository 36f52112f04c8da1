package dev.millrace.io;

import java.io.Closeable;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.metrics.BoundedTrie;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.metrics.StringSet;

/** Keeps what a source shows, as a runner would: counters are added up, gauges are the last. */
public final class ShownMetrics implements MetricsContainer {
  private static final long serialVersionUID = 1L;

  private final SortedMap<String, Long> values = new TreeMap<>();

  /** What a source does here. */
  @FunctionalInterface
  public interface Task {
    void run() throws IOException;
  }

  /** Keeps what is shown during a task of this thread. */
  @SuppressWarnings("try") // it is only to be closed
  public void keep(Task task) throws IOException {
    try (Closeable kept = MetricsEnvironment.scopedMetricsContainer(this)) {
      task.run();
    }
  }

  /** The value of a metric of runs; null if it was never shown. */
  public Long value(String name) {
    return values.get("millrace:" + name);
  }

  /** How many there are whose names start so. */
  public long count(String prefix) {
    return values.keySet().stream().filter(name -> name.startsWith("millrace:" + prefix)).count();
  }

  @Override
  public Counter getCounter(MetricName name) {
    return new Sum(name);
  }

  @Override
  public Gauge getGauge(MetricName name) {
    return new Last(name);
  }

  @Override
  public Distribution getDistribution(MetricName name) {
    throw new UnsupportedOperationException("Cannot keep a distribution: " + name);
  }

  @Override
  public StringSet getStringSet(MetricName name) {
    throw new UnsupportedOperationException("Cannot keep a set: " + name);
  }

  @Override
  public BoundedTrie getBoundedTrie(MetricName name) {
    throw new UnsupportedOperationException("Cannot keep a trie: " + name);
  }

  private static String key(MetricName name) {
    return name.getNamespace() + ":" + name.getName();
  }

  private final class Sum implements Counter {
    private final MetricName name;

    private Sum(MetricName name) {
      this.name = name;
    }

    @Override
    public void inc() {
      inc(1);
    }

    @Override
    public void inc(long by) {
      values.merge(key(name), by, Long::sum);
    }

    @Override
    public void dec() {
      inc(-1);
    }

    @Override
    public void dec(long by) {
      inc(-by);
    }

    @Override
    public MetricName getName() {
      return name;
    }
  }

  private final class Last implements Gauge {
    private final MetricName name;

    private Last(MetricName name) {
      this.name = name;
    }

    @Override
    public void set(long value) {
      values.put(key(name), value);
    }

    @Override
    public MetricName getName() {
      return name;
    }
  }
}
