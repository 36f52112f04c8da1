/**
 * What the processes of a Flink cluster show of runs while they go on, for Prometheus to scrape:
 * {@link dev.millrace.flink.metrics.Family} lists it, {@link dev.millrace.flink.metrics.RunMetric}
 * says which metrics of Flink it comes from, and {@link
 * dev.millrace.flink.metrics.ScrapeReporterFactory} is what Flink is told to load. All of it fails
 * as Flink's reporters do: with a line in the log, and without metrics.
 *
 * <p>It is a room of its own since it is loaded by Flink and not by jobs: it may need nothing that
 * Flink doesn't have. Flink's own Prometheus reporter can't be told an address, and knows neither
 * labels nor distributions of what Beam counts.
 */
package dev.millrace.flink.metrics;
