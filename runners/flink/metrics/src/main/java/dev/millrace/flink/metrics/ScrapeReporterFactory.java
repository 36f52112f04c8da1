package dev.millrace.flink.metrics;

import java.time.Clock;
import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Makes the reporter, for Flink's configuration to name. */
public final class ScrapeReporterFactory implements MetricReporterFactory {
  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    return new ScrapeReporter(Clock.systemUTC());
  }
}
