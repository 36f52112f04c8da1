package dev.millrace.flink.metrics;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrapeReporterTest {
  private final ManualClock clock = new ManualClock(1_000_000);
  private final ScrapeReporter reporter = new ScrapeReporter(clock);

  @AfterEach
  void close() {
    reporter.close();
  }

  @Test
  void isFoundOnTheClassPath() {
    assertThat(
        ServiceLoader.load(MetricReporterFactory.class),
        hasItem(instanceOf(ScrapeReporterFactory.class)));
  }

  @Test
  void showsMetricsOfRunsAndNoOthers() throws Exception {
    open("0");
    SimpleCounter read = new SimpleCounter();
    read.inc(5);
    reporter.notifyOfAddedMetric(read, "millrace.records_read", ofRun("quakes"));
    reporter.notifyOfAddedMetric(read, "numRecordsIn", ofRun("quakes"));
    reporter.notifyOfAddedMetric(read, "millrace.records_late", new UnregisteredMetricsGroup());
    HttpResponse<String> answer = get("/metrics");
    assertThat(answer.statusCode(), is(200));
    assertThat(
        answer.headers().firstValue("Content-Type").orElseThrow(),
        is("text/plain; version=0.0.4; charset=utf-8"));
    assertThat(
        answer.body(),
        is(
            """
            # HELP millrace_records_read_total Records read since the tasks started; those after the last checkpoint again at a failover
            # TYPE millrace_records_read_total counter
            millrace_records_read_total{run="quakes"} 5
            """));
  }

  @Test
  void forgetsMetricsThatAreRemoved() throws Exception {
    open("0");
    SimpleCounter read = new SimpleCounter();
    MetricGroup group = ofRun("quakes");
    reporter.notifyOfAddedMetric(read, "millrace.records_read", group);
    reporter.notifyOfRemovedMetric(read, "millrace.records_read", group);
    assertThat(get("/metrics").body(), is(""));
  }

  @Test
  void countsTheAgeOfACheckpointFromWhenItWasFirstSeen() throws Exception {
    open("0");
    long[] completed = {0};
    Gauge<Long> gauge = () -> completed[0];
    reporter.notifyOfAddedMetric(gauge, "numberOfCompletedCheckpoints", ofRun("quakes"));
    clock.advance(4_000);
    assertThat(get("/metrics").body(), containsString("age_seconds{run=\"quakes\"} 4\n"));
    completed[0] = 1;
    reporter.report();
    clock.advance(1_500);
    assertThat(get("/metrics").body(), containsString("age_seconds{run=\"quakes\"} 1.5\n"));
    assertThat(get("/metrics").body(), containsString("completed_total{run=\"quakes\"} 1\n"));
  }

  @Test
  void leavesOutAGaugeThatHasNoNumberYet() throws Exception {
    open("0");
    Gauge<Long> nothing = () -> null;
    reporter.notifyOfAddedMetric(nothing, "lastCheckpointSize", ofRun("quakes"));
    assertThat(get("/metrics").body(), is(""));
  }

  @Test
  void hasNothingButMetrics() throws Exception {
    open("0");
    assertThat(get("/").statusCode(), is(404));
    assertThat(get("/metrics/more").statusCode(), is(404));
    HttpRequest post =
        HttpRequest.newBuilder(uri("/metrics")).POST(HttpRequest.BodyPublishers.noBody()).build();
    HttpResponse<String> answer = send(post);
    assertThat(answer.statusCode(), is(405));
    assertThat(answer.headers().firstValue("Allow").orElseThrow(), is("GET"));
  }

  @Test
  void takesTheFirstPortThatIsFree() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      UncheckedIOException failure =
          assertThrows(UncheckedIOException.class, () -> open(String.valueOf(port)));
      assertThat(
          failure.getMessage(),
          is("Cannot serve metrics at 127.0.0.1:%d: Address already in use".formatted(port)));
      open("%d-%d".formatted(port, port + 20));
      assertThat(reporter.port(), is(not(port)));
      assertThat(get("/metrics").statusCode(), is(200));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http", "70000", "9260-9250", "-1"})
  void saysWhichPortsItTakes(String port) {
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> open(port)).getMessage(),
        is("Invalid port: %s (expected a port, or a range such as 9250-9260)".formatted(port)));
  }

  @Test
  void listensOnTheAddressThatItIsTold() {
    MetricConfig config = new MetricConfig();
    config.setProperty("bind-host", "192.0.2.1"); // reserved for documentation: nobody's
    assertThat(
        assertThrows(UncheckedIOException.class, () -> reporter.open(config)).getMessage(),
        startsWith("Cannot serve metrics at 192.0.2.1:9249-9299: "));
  }

  private void open(String port) {
    MetricConfig config = new MetricConfig();
    config.setProperty("port", port);
    reporter.open(config);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(reporter.port(), path));
  }

  private static MetricGroup ofRun(String run) {
    Map<String, String> variables = new HashMap<>(Map.of("<job_name>", run));
    return new UnregisteredMetricsGroup() {
      @Override
      public Map<String, String> getAllVariables() {
        return variables;
      }
    };
  }
}
