package dev.millrace.flink.metrics;

import java.time.Clock;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.Scheduled;

/**
 * Shows Prometheus what runs do in this process of Flink. Nothing but what is of a run: metrics of
 * Flink itself are for its own reporters, beside this one.
 *
 * <p>{@code bind-host} is the address to listen on, the loopback one unless set, and {@code port} a
 * port or a range of which the first free one is taken.
 */
final class ScrapeReporter implements MetricReporter, Scheduled {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String PORTS = "9249-9299";
  private static final String JOB_NAME = "<job_name>";

  private final ScrapedMetrics metrics;
  private ScrapeServer server;

  ScrapeReporter(Clock clock) {
    metrics = new ScrapedMetrics(clock);
  }

  @Override
  public void open(MetricConfig config) {
    PortRange ports = PortRange.parse(config.getString("port", PORTS));
    String host = config.getString("bind-host", LOOPBACK);
    server = ScrapeServer.start(host, ports, () -> Exposition.of(metrics.read()));
  }

  int port() {
    return server.port();
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    String run = group.getAllVariables().get(JOB_NAME);
    if (run != null) {
      RunMetric.of(run, name).ifPresent(meaning -> metrics.add(metric, meaning));
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    metrics.remove(metric);
  }

  @Override
  public void report() {
    metrics.look();
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
