package dev.millrace.flink.metrics;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunMetricTest {
  private static final long NOW = 1_000_000;
  private static final long BEAMS_EARLIEST = Long.MIN_VALUE / 1000;

  @ParameterizedTest
  @CsvSource({
    "millrace.records_read, RECORDS_READ, {run=r}",
    "millrace.records_published, RECORDS, '{outcome=published, run=r}'",
    "millrace.records_rejected.wrong_type, RECORDS, '{outcome=rejected, reason=wrong_type, run=r}'",
    "millrace.lag.12.a-b~c, CONSUMER_LAG, '{partition=12, run=r, topic=a-b.c}'",
    "millrace.watermark.millis, WATERMARK_LAG, {run=r}",
    "millrace.latency.250, LATENCY, '{le=0.25, run=r}'",
    "millrace.latency.above, LATENCY, '{le=+Inf, run=r}'",
    "millrace.latency.sum_millis, LATENCY, {run=r}",
    "numRestarts, RESTARTS, {run=r}",
  })
  void tellsFamilyAndLabelsFromTheName(String name, Family family, String labels) {
    Series series = RunMetric.of("r", name).orElseThrow().series();
    assertThat(series.family(), is(family));
    assertThat(series.labels().toString(), is(labels));
  }

  @Test
  void readsTheNamesThatTheRestEndpointMakesOfThem() {
    assertThat(
        RunMetric.of("r", "0.TallyRead_Show.millrace_lag_3_my~topic_v2").orElseThrow().series(),
        is(
            new Series(
                Family.CONSUMER_LAG,
                new TreeMap<>(Map.of("run", "r", "topic", "my.topic_v2", "partition", "3")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "numRecordsIn",
        "kafka.commits_failed",
        "millrace.other.thing",
        "millrace.lag.x.topic"
      })
  void leavesOutWhatIsNotShown(String name) {
    assertThat(RunMetric.of("r", name).isEmpty(), is(true));
  }

  @Test
  void countsTheWatermarkFromTheClock() {
    assertThat(value("millrace.watermark.millis", NOW - 2_500), is(OptionalDouble.of(2.5)));
    assertThat(value("millrace.watermark.millis", NOW + 500), is(OptionalDouble.of(-0.5)));
  }

  @Test
  void hasNoLagOfASourceThatHasNoWatermarkYetOrHasEnded() {
    assertThat(
        value("millrace.watermark.millis", (double) BEAMS_EARLIEST), is(OptionalDouble.empty()));
    assertThat(
        value("millrace.watermark.millis", (double) -BEAMS_EARLIEST), is(OptionalDouble.empty()));
  }

  @Test
  void hasSecondsForMilliseconds() {
    assertThat(value("lastCheckpointDuration", 1_234), is(OptionalDouble.of(1.234)));
    assertThat(value("millrace.latency.sum_millis", 500), is(OptionalDouble.of(0.5)));
  }

  @Test
  void hasNothingOfACheckpointThatThereIsNot() {
    assertThat(value("lastCheckpointDuration", -1), is(OptionalDouble.empty()));
    assertThat(value("lastCheckpointSize", -1), is(OptionalDouble.empty()));
  }

  private static OptionalDouble value(String name, double number) {
    Optional<RunMetric> metric = RunMetric.of("r", name);
    return metric.orElseThrow().value(number, NOW);
  }
}
