package dev.millrace.flink.metrics;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a metric of Flink says about a run. The stages and sources of Millrace name theirs in a way
 * that Beam and Flink leave as it is, since neither of them knows labels: {@code
 * millrace.records_rejected.wrong_type}, {@code millrace.lag.PARTITION.TOPIC}. Flink's own are
 * those of its checkpoints and restarts.
 */
public final class RunMetric {
  private static final double MILLIS = 1000;

  /** Beam's earliest and latest times are beyond: a source that has none yet, or has ended. */
  private static final double FURTHEST_MILLIS = 9e15;

  /** Flink's REST endpoint has underscores for dots, and the operator before. */
  private static final Pattern OURS =
      Pattern.compile(".*\\bmillrace[._](?<what>[a-z]+)[._](?<which>[\\w.~-]+)");

  private static final Pattern PLACE = Pattern.compile("(?<partition>\\d+)[._](?<topic>[\\w.~-]+)");

  private final Series series;
  private final Meaning meaning;

  /** What the number of a metric comes to; nothing if it says that there is none yet. */
  private interface Meaning {
    OptionalDouble of(double number, long nowMillis);
  }

  private RunMetric(Series series, Meaning meaning) {
    this.series = series;
    this.meaning = meaning;
  }

  /** The metric of this name, of a run's task or job; nothing if it isn't one that is shown. */
  public static Optional<RunMetric> of(String run, String name) {
    Matcher ours = OURS.matcher(name);
    return ours.matches()
        ? ofMillrace(run, ours.group("what"), ours.group("which"))
        : ofFlink(run, name);
  }

  private static Optional<RunMetric> ofMillrace(String run, String what, String which) {
    return switch (what) {
      case "records" -> Optional.of(plain(records(run, which)));
      case "latency" -> Optional.of(latency(run, which));
      case "watermark" ->
          Optional.of(
              new RunMetric(Series.of(Family.WATERMARK_LAG, run), RunMetric::secondsBehind));
      case "lag" -> lag(run, which);
      default -> Optional.empty();
    };
  }

  private static Series records(String run, String outcome) {
    if (outcome.equals("read")) {
      return Series.of(Family.RECORDS_READ, run);
    }
    Series records = Series.of(Family.RECORDS, run);
    return outcome.startsWith("rejected")
        ? records
            .with("outcome", "rejected")
            .with("reason", outcome.substring("rejected".length() + 1))
        : records.with("outcome", outcome);
  }

  private static RunMetric latency(String run, String which) {
    Series latency = Series.of(Family.LATENCY, run);
    return switch (which) {
      case "sum_millis" -> new RunMetric(latency, RunMetric::seconds);
      case "above" -> plain(latency.with(Series.BOUND, Series.INFINITY));
      default -> plain(latency.with(Series.BOUND, Numbers.text(Long.parseLong(which) / MILLIS)));
    };
  }

  private static Optional<RunMetric> lag(String run, String which) {
    Matcher place = PLACE.matcher(which);
    if (!place.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        plain(
            Series.of(Family.CONSUMER_LAG, run)
                .with("topic", place.group("topic").replace('~', '.'))
                .with("partition", place.group("partition"))));
  }

  private static Optional<RunMetric> ofFlink(String run, String name) {
    return switch (name) {
      case "lastCheckpointDuration" ->
          Optional.of(
              new RunMetric(Series.of(Family.CHECKPOINT_DURATION, run), RunMetric::seconds));
      case "lastCheckpointSize" -> Optional.of(plain(Series.of(Family.CHECKPOINT_SIZE, run)));
      case "numberOfCompletedCheckpoints" ->
          Optional.of(plain(Series.of(Family.CHECKPOINTS_COMPLETED, run)));
      case "numberOfFailedCheckpoints" ->
          Optional.of(plain(Series.of(Family.CHECKPOINTS_FAILED, run)));
      case "numRestarts" -> Optional.of(plain(Series.of(Family.RESTARTS, run)));
      default -> Optional.empty();
    };
  }

  private static RunMetric plain(Series series) {
    return new RunMetric(series, (number, now) -> zeroOrMore(number));
  }

  /** Flink says -1 of a checkpoint that there isn't. */
  private static OptionalDouble zeroOrMore(double number) {
    return number < 0 ? OptionalDouble.empty() : OptionalDouble.of(number);
  }

  private static OptionalDouble seconds(double millis, long nowMillis) {
    return zeroOrMore(millis / MILLIS);
  }

  private static OptionalDouble secondsBehind(double millis, long nowMillis) {
    return Math.abs(millis) > FURTHEST_MILLIS
        ? OptionalDouble.empty()
        : OptionalDouble.of((nowMillis - millis) / MILLIS);
  }

  /** Which of the numbers of the run it is. */
  public Series series() {
    return series;
  }

  /** Its value at a time, from the number that Flink has; nothing if there is none yet. */
  public OptionalDouble value(double number, long nowMillis) {
    return meaning.of(number, nowMillis);
  }
}
