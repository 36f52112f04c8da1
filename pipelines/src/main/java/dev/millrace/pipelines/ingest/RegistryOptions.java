package dev.millrace.pipelines.ingest;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** The options of {@link Ingest} that say where the schemas of messages in Avro are. */
public interface RegistryOptions extends PipelineOptions {

  @Description(
      "With --topic and --format=avro: URL of the schema registry whose ids messages begin with, with"
          + " the HTTP API of Confluent's.")
  String getSchemaRegistry();

  void setSchemaRegistry(String url);

  @Description(
      "With --schemaRegistry: reference to user:password for it: env:NAME or file:/path. Default:"
          + " none.")
  String getSchemaRegistryCredentials();

  void setSchemaRegistryCredentials(String reference);

  @Description(
      "With --schemaRegistry: how long to wait for it in all, where it doesn't answer, before the run"
          + " fails, such as 30m. At launch it must answer at once. Default: 5m.")
  String getSchemaRegistryRetryDeadline();

  void setSchemaRegistryRetryDeadline(String duration);
}
