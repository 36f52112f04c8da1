package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.testing.broker.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ingest --topic}: what is read of a file is read of a topic, bounded and unbounded. */
class IngestTopicTest {
  private static final String CONTRACT = "--contract=../testdata/flights/flights.odcs.yaml";
  private static final List<String> LINES =
      List.of(
          flight("2001-01-02T08:30:00Z", 1),
          flight("2001-01-02T09:30:00Z", 2),
          "{",
          flight("2001-01-02T08:30:00Z", 1),
          flight("2001-01-03T08:30:00Z", 3));

  /** Not the one that all tests share: what else is run here needs the memory that it takes. */
  private static KafkaBroker broker;

  @TempDir Path folder;

  @BeforeAll
  static void startBroker() {
    broker = KafkaBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private static String flight(String date, int distance) {
    return "{\"date\":\"%s\",\"delay\":1,\"distance\":%s,\"origin\":\"SFO\",\"destination\":\"LAX\"}"
        .formatted(date, distance);
  }

  /** Sends the lines, published a minute apart from the start of the epoch, to two partitions. */
  private static String topic(String name) throws Exception {
    broker.createTopic(name, 2);
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < LINES.size(); i++) {
        byte[] value = LINES.get(i).getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(name, i % 2, 60_000L * i, null, value)).get();
      }
    }
    return name;
  }

  private StagedOutput run(String topic, String... more) throws Exception {
    Path staging = folder.resolve(topic + "-" + more.length);
    return IngestRun.to(
        staging,
        Stream.concat(
                Stream.of(
                    "--topic=" + topic,
                    "--bootstrapServers=" + broker.bootstrapServers(),
                    CONTRACT,
                    "--aggregate=count"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void writesWhatItDoesOfAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("a.ndjson"), String.join("\n", LINES) + "\n");
    StagedOutput ofFile =
        IngestRun.to(folder.resolve("file"), "--input=" + file, CONTRACT, "--aggregate=count");
    String topic = topic("flights");
    StagedOutput bounded = run(topic);
    StagedOutput unbounded =
        run(topic, "--streaming", "--shards=1", "--untilIdle=200ms", "--maxOutOfOrderness=9000d");

    assertThat(ofFile.rows("records"), hasSize(3));
    for (StagedOutput output : List.of(bounded, unbounded)) {
      assertThat(output.rows("records"), is(ofFile.rows("records")));
      assertThat(output.rows("aggregates"), is(ofFile.rows("aggregates")));
      assertThat(output.counts(), is(ofFile.counts()));
      assertThat(output.quarantine(), is(ofFile.quarantine()));
    }
  }

  @Test
  void readsWhatWasPublishedInAnInterval() throws Exception {
    StagedOutput output =
        run(
            topic("slice"),
            "--publishedFrom=1970-01-01T00:01:00Z",
            "--publishedTo=1970-01-01T00:04:00Z");

    assertThat(output.rows("records"), hasSize(2));
    assertThat(output.quarantine(), contains(containsString("malformed")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--input=x --topic=t|Invalid --topic: t (expected without --input: a run reads files or a topic)",
        "--topic=t|Missing required value: bootstrapServers",
        "--aggregate=count|Missing required value: input (or topic)",
        "--topic=t --bootstrapServers=b|Invalid --bootstrapServers: Invalid bootstrapServers: b (expected host:port, separated by commas)",
        "--topic=t --bootstrapServers=b:1 --kafkaSettings=x|Invalid --kafkaSettings: a setting without a value (expected name=value, separated by commas)",
        "--topic=t --bootstrapServers=b:1 --kafkaSettings=x=1|Invalid --kafkaSettings: Invalid Kafka setting: x (expected one of a connection, such as security.protocol)",
        "--topic=t --bootstrapServers=b:1 --publishedFrom=x|Invalid --publishedFrom: x (expected an instant such as 2001-01-15T06:00:00Z)",
        "--topic=t --bootstrapServers=b:1 --startingAt=latest|Invalid --startingAt: latest (expected only with --streaming; see --publishedFrom)",
        "--topic=t --bootstrapServers=b:1 --consumerGroup=g|Invalid --consumerGroup: g (expected only with --streaming)",
        "--topic=t --bootstrapServers=b:1 --streaming --publishedTo=x|Invalid --publishedTo: x (expected only without --streaming)",
        "--topic=t --bootstrapServers=b:1 --streaming --startingAt=now|Invalid --startingAt: now (expected earliest, latest, committed or an instant: 2001-01-01T00:00:00Z)",
        "--topic=t --bootstrapServers=b:1 --format=csv|Invalid --format: csv (expected ndjson or avro with --topic or --then)",
        "--topic=t --bootstrapServers=b:1 --format=avro|Missing required value: schemaRegistry (messages in Avro name their schemas by ids)",
        "--topic=t --bootstrapServers=b:1 --format=avro --schemaRegistry=x|Invalid --schemaRegistry: Invalid url: x (expected http://host:port or https://host:port, and a path)",
        "--topic=t --bootstrapServers=b:1 --format=avro --schemaRegistry=http://a --schemaRegistryCredentials=hunter2|Invalid --schemaRegistryCredentials: Invalid secret: not shown (expected a reference: env:NAME or file:/path)",
        "--topic=t --bootstrapServers=b:1 --format=avro --schemaRegistry=http://a --schemaRegistryRetryDeadline=soon|Invalid --schemaRegistryRetryDeadline: soon (expected a number and one of ms, s, m, h, d, such as 1h, or ISO 8601)",
        "--topic=t --bootstrapServers=b:1 --format=avro --schemaRegistry=http://a --schemaRegistryRetryDeadline=0s|Invalid --schemaRegistryRetryDeadline: Invalid retryDeadline: PT0S (expected 1ms or more)",
        "--topic=t --bootstrapServers=b:1 --schemaRegistryRetryDeadline=1h|Invalid --schemaRegistryRetryDeadline: 1h (expected only with --topic or --then, and --format=avro)",
        "--topic=t --bootstrapServers=b:1 --schemaRegistry=http://a|Invalid --schemaRegistry: http://a (expected only with --topic or --then, and --format=avro)",
        "--input=x --schemaRegistryCredentials=hunter2|Invalid --schemaRegistryCredentials: not shown (expected only with --topic or --then, and --format=avro)",
      })
  void refuses(String arguments, String message) {
    String[] all = (arguments + " " + CONTRACT).split(" ");
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> IngestRun.to(folder, all));
    assertThat(failure.getMessage(), is(message));
  }
}
