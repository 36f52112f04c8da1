package dev.millrace.pipelines.ingest;

import dev.millrace.io.files.FileFormat;
import dev.millrace.io.kafka.KafkaConnection;
import dev.millrace.io.kafka.SchemaRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads which Kafka cluster the options name, one for all topics of a run, and what its values are.
 */
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

  /** Where the schemas of the topic that is read are; nothing if its values are JSON. */
  static Optional<SchemaRegistry> schemaRegistry(IngestOptions options) {
    if (!isAvro(options)) {
      refuseRegistry(options);
      return Optional.empty();
    }
    if (options.getSchemaRegistry() == null) {
      throw new IllegalArgumentException(
          "Missing required value: schemaRegistry (messages in Avro name their schemas by ids)");
    }
    return Optional.of(
        withRetryDeadline(
            options,
            withCredentials(
                options,
                Choice.checked(
                    "schemaRegistry", () -> SchemaRegistry.at(options.getSchemaRegistry())))));
  }

  private static SchemaRegistry withCredentials(IngestOptions options, SchemaRegistry registry) {
    String reference = options.getSchemaRegistryCredentials();
    return reference == null
        ? registry
        : Choice.checked("schemaRegistryCredentials", () -> registry.withCredentials(reference));
  }

  private static SchemaRegistry withRetryDeadline(IngestOptions options, SchemaRegistry registry) {
    if (options.getSchemaRegistryRetryDeadline() == null) {
      return registry;
    }
    String option = "schemaRegistryRetryDeadline";
    Duration deadline = Choice.duration(option, options.getSchemaRegistryRetryDeadline());
    return Choice.checked(option, () -> registry.withRetryDeadline(deadline));
  }

  private static boolean isAvro(IngestOptions options) {
    if (options.getFormat() == null) {
      return false;
    }
    FileFormat format = Choice.checked("format", () -> FileFormat.named(options.getFormat()));
    if (format != FileFormat.NDJSON && format != FileFormat.AVRO) {
      throw new IllegalArgumentException(
          "Invalid --format: %s (expected ndjson or avro with --topic or --then)"
              .formatted(options.getFormat()));
    }
    return format == FileFormat.AVRO;
  }

  /** Refuses the options of a registry that nothing is read by. */
  static void refuseRegistry(IngestOptions options) {
    String expected = "with --topic or --then, and --format=avro";
    Choice.refuse("schemaRegistry", options.getSchemaRegistry(), expected);
    boolean secret = options.getSchemaRegistryCredentials() != null;
    Choice.refuse("schemaRegistryCredentials", secret ? "not shown" : null, expected);
    Choice.refuse(
        "schemaRegistryRetryDeadline", options.getSchemaRegistryRetryDeadline(), expected);
  }
}
