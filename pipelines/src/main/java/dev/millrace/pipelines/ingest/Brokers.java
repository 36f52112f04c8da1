package dev.millrace.pipelines.ingest;

import dev.millrace.io.kafka.KafkaConnection;
import java.util.List;

/** Reads which Kafka cluster the options name: one for all topics of a run. */
final class Brokers {
  private Brokers() {}

  static KafkaConnection connection(IngestOptions options) {
    if (options.getBootstrapServers() == null) {
      throw new IllegalArgumentException("Missing required value: bootstrapServers");
    }
    KafkaConnection connection =
        Choice.checked("bootstrapServers", () -> KafkaConnection.to(options.getBootstrapServers()));
    List<String> settings = options.getKafkaSettings();
    if (settings == null) {
      return connection;
    }
    for (String setting : settings) {
      connection = with(setting, connection);
    }
    return connection;
  }

  private static KafkaConnection with(String setting, KafkaConnection connection) {
    int equals = setting.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(
          "Invalid --kafkaSettings: a setting without a value (expected name=value, separated by commas)");
    }
    return Choice.checked(
        "kafkaSettings",
        () -> connection.with(setting.substring(0, equals), setting.substring(equals + 1)));
  }
}
