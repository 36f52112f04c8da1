package dev.millrace.flink.metrics;

import java.time.Clock;
import java.util.IdentityHashMap;
import java.util.OptionalDouble;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;

/** The metrics of runs that this process of Flink has now, with what they are of. */
final class ScrapedMetrics {
  private final IdentityHashMap<Metric, RunMetric> metrics = new IdentityHashMap<>();
  private final CheckpointAges ages = new CheckpointAges();
  private final Clock clock;

  ScrapedMetrics(Clock clock) {
    this.clock = clock;
  }

  synchronized void add(Metric metric, RunMetric meaning) {
    metrics.put(metric, meaning);
    look();
  }

  synchronized void remove(Metric metric) {
    RunMetric removed = metrics.remove(metric);
    if (removed != null && removed.series().family() == Family.CHECKPOINTS_COMPLETED) {
      ages.forget(run(removed));
    }
  }

  /** To be called every now and then: checkpoints are as old as the look that found them. */
  synchronized void look() {
    long now = clock.millis();
    metrics.forEach(
        (metric, meaning) -> {
          if (meaning.series().family() == Family.CHECKPOINTS_COMPLETED) {
            value(metric, meaning, now)
                .ifPresent(completed -> ages.look(run(meaning), completed, now));
          }
        });
  }

  synchronized Readings read() {
    look();
    long now = clock.millis();
    Readings readings = new Readings();
    metrics.forEach(
        (metric, meaning) -> {
          OptionalDouble value = value(metric, meaning, now);
          if (value.isPresent()) {
            readings.add(meaning.series(), value.getAsDouble());
            if (meaning.series().family() == Family.CHECKPOINTS_COMPLETED) {
              Series age = Series.of(Family.CHECKPOINT_AGE, run(meaning));
              readings.add(age, ages.seconds(run(meaning), now));
            }
          }
        });
    return readings;
  }

  private static String run(RunMetric metric) {
    return metric.series().labels().get("run");
  }

  private static OptionalDouble value(Metric metric, RunMetric meaning, long now) {
    if (metric instanceof Counter counter) {
      return meaning.value((double) counter.getCount(), now);
    }
    // Flink's are null as long as there is nothing to tell.
    return metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number
        ? meaning.value(number.doubleValue(), now)
        : OptionalDouble.empty();
  }
}
