package dev.millrace.pipelines.ingest;

import java.util.List;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** Where {@link Ingest} sends records beside its files: nowhere, unless it is told. */
public interface SinkOptions extends PipelineOptions {

  @Description(
      "Topic of Kafka that published records are sent to as well, as JSON; with the key, headers"
          + " and timestamp that they had where they came from a topic. It must be there. Default:"
          + " none.")
  String getOutputTopic();

  void setOutputTopic(String topic);

  @Description(
      "With --outputTopic: fields that messages are keyed by, separated by commas: one as its plain"
          + " text, several as a JSON object. Default: the key that a message had.")
  List<String> getOutputKey();

  void setOutputKey(List<String> fields);

  @Description(
      "Topic of Kafka that rejected records are sent to as well: their bytes as they came, and why"
          + " they were rejected in headers; it must be there. Default: none.")
  String getDeadLetterTopic();

  void setDeadLetterTopic(String topic);

  @Description(
      "How often a record is in --outputTopic or --deadLetterTopic if the run fails and goes on:"
          + " exactly-once (for readers of committed messages; with --streaming on a runner that"
          + " makes checkpoints, as Flink does) or at-least-once. Default: exactly-once where that"
          + " can be had. A run that is started anew sends all again.")
  String getDelivery();

  void setDelivery(String delivery);

  @Description(
      "With --delivery=exactly-once: what the broker knows this run by, and those that go on from"
          + " its savepoints, and no other. Default: the run's name.")
  String getSinkId();

  void setSinkId(String id);

  @Description(
      "PostgreSQL database that published records are upserted into as well, as"
          + " jdbc:postgresql://host:port/database. Default: none.")
  String getJdbcUrl();

  void setJdbcUrl(String url);

  @Description("With --jdbcUrl: table to upsert into, or schema.table; it must be there.")
  String getJdbcTable();

  void setJdbcTable(String table);

  @Description(
      "With --jdbcUrl: fields that tell rows apart, separated by commas; the table needs a unique"
          + " index of them. Default: the contract's key.")
  List<String> getJdbcKey();

  void setJdbcKey(List<String> fields);

  @Description(
      "With --jdbcUrl: field whose greater value is the later record of a key, which is the one"
          + " that stays. Default: the record that is written last stays.")
  String getJdbcVersion();

  void setJdbcVersion(String field);

  @Description("With --jdbcUrl: role to connect as. Default: that of the operating system.")
  String getJdbcUser();

  void setJdbcUser(String user);

  @Description("With --jdbcUrl: reference to the password: env:NAME or file:/path.")
  String getJdbcPassword();

  void setJdbcPassword(String reference);
}
