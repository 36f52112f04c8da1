package dev.millrace.flink.metrics;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpositionTest {
  private final Readings readings = new Readings();

  @Test
  void isEmptyWithoutReadings() {
    assertThat(Exposition.of(readings), is(""));
  }

  @Test
  void addsUpCountersOfSubtasks() {
    add("a", "millrace.records_late", 3);
    add("a", "millrace.records_late", 4);
    add("a", "millrace.records_rejected.malformed", 1);
    assertThat(
        Exposition.of(readings),
        is(
            """
            # HELP millrace_records_total Records by what became of them since the tasks started
            # TYPE millrace_records_total counter
            millrace_records_total{outcome="late",run="a"} 7
            millrace_records_total{outcome="rejected",reason="malformed",run="a"} 1
            """));
  }

  @Test
  void takesTheGreatestGaugeOfSubtasks() {
    add("a", "millrace.lag.0.t", 5);
    add("a", "millrace.lag.0.t", 2);
    assertThat(
        Exposition.of(readings),
        is(
            """
            # HELP millrace_consumer_lag_records Messages of a partition that were published and not yet read
            # TYPE millrace_consumer_lag_records gauge
            millrace_consumer_lag_records{partition="0",run="a",topic="t"} 5
            """));
  }

  /** A task that starts registers one after the other. */
  @Test
  void hasNoHistogramBeforeItsLastBucketAndItsSum() {
    add("a", "millrace.latency.250", 4);
    add("a", "millrace.latency.above", 1);
    add("b", "millrace.latency.250", 4);
    add("b", "millrace.latency.sum_millis", 500);
    assertThat(Exposition.of(readings), is(""));
  }

  @Test
  void addsUpTheBucketsOfAHistogramInTheOrderOfTheirBounds() {
    for (String run : new String[] {"b", "a"}) {
      add(run, "millrace.latency.above", 1);
      add(run, "millrace.latency.30000", 2);
      add(run, "millrace.latency.250", 4);
      add(run, "millrace.latency.sum_millis", 61_500);
    }
    assertThat(
        Exposition.of(readings),
        is(
            """
            # HELP millrace_end_to_end_latency_seconds From the publish time of a message until it was decoded, checked and handed on
            # TYPE millrace_end_to_end_latency_seconds histogram
            millrace_end_to_end_latency_seconds_bucket{le="0.25",run="a"} 4
            millrace_end_to_end_latency_seconds_bucket{le="30",run="a"} 6
            millrace_end_to_end_latency_seconds_bucket{le="+Inf",run="a"} 7
            millrace_end_to_end_latency_seconds_sum{run="a"} 61.5
            millrace_end_to_end_latency_seconds_count{run="a"} 7
            millrace_end_to_end_latency_seconds_bucket{le="0.25",run="b"} 4
            millrace_end_to_end_latency_seconds_bucket{le="30",run="b"} 6
            millrace_end_to_end_latency_seconds_bucket{le="+Inf",run="b"} 7
            millrace_end_to_end_latency_seconds_sum{run="b"} 61.5
            millrace_end_to_end_latency_seconds_count{run="b"} 7
            """));
  }

  @Test
  void escapesLabels() {
    add("a\"b\\c\nd", "numRestarts", 0);
    assertThat(
        Exposition.of(readings).lines().toList().get(2),
        is("millrace_job_restarts_total{run=\"a\\\"b\\\\c\\nd\"} 0"));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.001, 0.001", "1e15, 1000000000000000", "1.5e-7, 0.00000015", "-2.5, -2.5"})
  void writesNumbersWithoutExponents(double number, String text) {
    assertThat(Numbers.text(number), is(text));
  }

  private void add(String run, String name, double number) {
    RunMetric metric = RunMetric.of(run, name).orElseThrow();
    readings.add(metric.series(), metric.value(number, 0).orElseThrow());
  }
}
