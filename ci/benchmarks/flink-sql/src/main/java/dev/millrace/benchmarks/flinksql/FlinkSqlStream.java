package dev.millrace.benchmarks.flinksql;

import dev.millrace.benchmarks.run.Assignment;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/** The job that goes on, as a script for Flink SQL, {@code stream.sql}, in this process. */
public final class FlinkSqlStream {
  /** Millrace's settings of a producer, as the native job has them. */
  private static final String SINK =
      """
      'connector' = 'kafka', 'properties.bootstrap.servers' = '%s', 'format' = 'json',
        'json.timestamp-format.standard' = 'ISO-8601', 'sink.delivery-guarantee' = 'at-least-once',
        'properties.acks' = 'all', 'properties.enable.idempotence' = 'true',
        'properties.compression.type' = 'zstd', 'properties.linger.ms' = '5',
        'properties.batch.size' = '131072'""";

  private FlinkSqlStream() {}

  /** Runs the job until the process is ended. */
  public static void main(String[] args) throws Exception {
    Assignment assignment = Assignment.parse(args);
    TableEnvironment tables = environment(assignment);
    script(assignment).prepare(tables).execute().await();
  }

  static TableEnvironment environment(Assignment assignment) {
    return TableEnvironment.create(
        EnvironmentSettings.newInstance()
            .inStreamingMode()
            .withConfiguration(settings(assignment))
            .build());
  }

  private static Configuration settings(Assignment assignment) {
    Configuration settings = Configuration.fromMap(assignment.flinkSettings());
    settings.set(DeploymentOptions.TARGET, "local");
    settings.set(CoreOptions.DEFAULT_PARALLELISM, Assignment.PARALLELISM);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.setString("table.local-time-zone", "UTC");
    settings.setString("table.exec.source.idle-timeout", Assignment.IDLENESS.toMillis() + " ms");
    // By the machine's clock, and so for longer than a day of a backlog.
    settings.setString("table.exec.state.ttl", "1 d");
    // Else the aggregates would have the duplicates dropped once more, with a state of their own.
    settings.setString("table.optimizer.reuse-optimize-block-with-digest-enabled", "true");
    return settings;
  }

  /** The script of an assignment. */
  static Script script(Assignment assignment) throws IOException {
    String brokers = assignment.bootstrapServers();
    return Script.read(
        "stream.sql",
        Map.of(
            "brokers", brokers,
            "sink", SINK.formatted(brokers),
            "lag", String.valueOf(Assignment.OUT_OF_ORDERNESS.toMinutes()),
            "input", assignment.input(),
            "accepted", assignment.output(),
            "rejects", assignment.rejects(),
            "aggregates", assignment.aggregates()));
  }
}
