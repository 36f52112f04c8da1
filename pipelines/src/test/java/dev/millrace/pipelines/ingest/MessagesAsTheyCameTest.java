package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.quarantine.QuarantineReader;
import dev.millrace.quarantine.QuarantinedRecord;
import dev.millrace.record.RawRecord;
import dev.millrace.testing.broker.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Messages of ten megabytes, and with keys and headers that are no text, on their way through
 * {@code ingest} from a topic to one of records and one of dead letters.
 */
@Order(2)
class MessagesAsTheyCameTest {
  /** By content, so that records have only their envelopes with them. */
  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: notes
      version: 1.0.0
      status: active
      schema:
        - name: notes
          logicalType: object
          properties:
            - name: at
              logicalType: timestamp
              required: true
            - name: text
              logicalType: string
          customProperties:
            - property: millrace.eventTimeField
              value: at
      """;

  /** By a key, so that records have their bytes with them until no other has it. */
  private static final String KEYED =
      """
            - property: millrace.dedupKey
              value: [at]
      """;

  /** No text that could be packed to nothing: letters of two and three bytes, and escapes. */
  private static final String LARGE = "\u00e9\u20ac\\\"\n".repeat((10 << 20) / 8);

  private static final byte[] NOT_UTF_8 = {(byte) 0xff, 0, (byte) 0x80, '\n', (byte) 0xc3};
  private static final Map<String, String> TOPIC =
      Map.of("max.message.bytes", "" + (16 << 20), "retention.ms", "-1");

  private static final String[] STREAMING = {
    "--streaming", "--shards=1", "--untilIdle=200ms", "--maxOutOfOrderness=9000d"
  };

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

  @BeforeEach
  void writeContract() throws Exception {
    Files.writeString(folder.resolve("notes.odcs.yaml"), CONTRACT);
  }

  @Test
  void goFromASliceOfATopicToOthers() throws Exception {
    goThrough("slice");
  }

  @Test
  void goFromATopicThatGoesOnToOthers() throws Exception {
    goThrough("stream", STREAMING);
  }

  @Test
  void goFromATopicWhoseRecordsHaveAKey() throws Exception {
    Files.writeString(folder.resolve("notes.odcs.yaml"), CONTRACT + KEYED);
    goThrough("keyed-slice");
    goThrough("keyed-stream", STREAMING);
  }

  private void goThrough(String topic, String... more) throws Exception {
    Stream.of(topic, topic + "-out", topic + "-dead")
        .forEach(name -> broker.createTopic(name, 1, TOPIC));
    byte[] accepted = note("2001-01-02T03:04:05Z", LARGE);
    byte[] rejected = note("tomorrow", "\u00e9");
    byte[] noJson = Arrays.copyOf(NOT_UTF_8, 10 << 20);
    send(message(topic, NOT_UTF_8, accepted), message(topic, NOT_UTF_8, rejected));
    send(message(topic, new byte[0], noJson), message(topic, null, new byte[0]));
    send(message(topic, new byte[] {0}, null));

    StagedOutput output = IngestRun.to(folder.resolve(topic), options(topic, more));

    List<ConsumerRecord<byte[], byte[]>> out = messages(topic + "-out");
    assertThat(out.size(), is(1));
    JsonNode record = new ObjectMapper().readTree(out.get(0).value());
    assertThat(record.path("text").asText().equals(LARGE), is(true));
    assertSameBesideItsValue(message(topic, NOT_UTF_8, accepted), out.get(0));
    assertThat(out.get(0).headers().toArray().length, is(308));
    Map<Long, ConsumerRecord<byte[], byte[]>> dead = new HashMap<>();
    messages(topic + "-dead").forEach(message -> dead.put(offset(message), message));
    assertThat(dead, is(aMapWithSize(4)));
    assertSame(message(topic, NOT_UTF_8, rejected), dead.get(1L));
    assertSame(message(topic, new byte[0], noJson), dead.get(2L));
    assertSame(message(topic, null, new byte[0]), dead.get(3L));
    assertSame(message(topic, new byte[] {0}, null), dead.get(4L));
    assertQuarantined(
        folder.resolve(topic), Map.of(1L, rejected, 2L, noJson, 3L, new byte[0], 4L, new byte[0]));
    assertThat(output.quarantine().size(), is(4));
  }

  private static byte[] note(String at, String text) throws Exception {
    ObjectMapper json = new ObjectMapper();
    return json.writeValueAsBytes(json.createObjectNode().put("at", at).put("text", text));
  }

  /** With all that headers can be, one of them as from an earlier run of dead letters. */
  private static ProducerRecord<byte[], byte[]> message(String topic, byte[] key, byte[] value) {
    ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, 0, 7L, key, value);
    Headers headers = message.headers();
    headers.add("none", null).add("", NOT_UTF_8).add("", new byte[0]);
    headers.add("twice", new byte[] {1}).add("between", NOT_UTF_8).add("twice", new byte[] {0});
    headers.add("\u00e9\u20ac\n", utf8("\u00e9")).add("millrace.offset", utf8("of another topic"));
    for (int i = 0; i < 300; i++) {
      headers.add("many-" + i, new byte[i]);
    }
    return message;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @SafeVarargs
  private static void send(ProducerRecord<byte[], byte[]>... messages) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "max.request.size", 16 << 20);
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (ProducerRecord<byte[], byte[]> message : messages) {
        producer.send(message).get();
      }
    }
  }

  private String[] options(String topic, String... more) {
    return Stream.concat(
            Stream.of(more),
            Stream.of(
                "--topic=" + topic,
                "--bootstrapServers=" + broker.bootstrapServers(),
                "--contract=" + folder.resolve("notes.odcs.yaml"),
                "--outputTopic=" + topic + "-out",
                "--deadLetterTopic=" + topic + "-dead"))
        .toArray(String[]::new);
  }

  private static List<ConsumerRecord<byte[], byte[]>> messages(String topic) {
    TopicPartition place = new TopicPartition(topic, 0);
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(place));
      consumer.seekToBeginning(List.of(place));
      long end = consumer.endOffsets(List.of(place)).get(place);
      while (consumer.position(place) < end) {
        consumer.poll(Duration.ofSeconds(1)).forEach(messages::add);
      }
    }
    return messages;
  }

  /** Of the message that was rejected: the last header of the name is the newest. */
  private static long offset(ConsumerRecord<byte[], byte[]> message) {
    byte[] offset = message.headers().lastHeader("millrace.offset").value();
    return Long.parseLong(new String(offset, StandardCharsets.UTF_8));
  }

  private static void assertSame(
      ProducerRecord<byte[], byte[]> sent, ConsumerRecord<byte[], byte[]> dead) {
    assertThat(dead, is(notNullValue()));
    assertThat("its value", Arrays.equals(dead.value(), sent.value()));
    assertSameBesideItsValue(sent, dead);
    int before = sent.headers().toArray().length;
    assertThat(dead.headers().toArray()[before].key(), is("millrace.id"));
  }

  /** Its key, its timestamp and its headers, before those that were added. */
  private static void assertSameBesideItsValue(
      ProducerRecord<byte[], byte[]> sent, ConsumerRecord<byte[], byte[]> received) {
    assertThat("its key", Arrays.equals(received.key(), sent.key()));
    assertThat(received.timestamp(), is(sent.timestamp()));
    List<Header> before = List.of(sent.headers().toArray());
    List<Header> after = List.of(received.headers().toArray());
    assertThat(after.subList(0, before.size()), is(before));
  }

  private static void assertQuarantined(Path run, Map<Long, byte[]> values) throws Exception {
    try (Stream<QuarantinedRecord> rejects = QuarantineReader.read(run.resolve("quarantine"))) {
      for (QuarantinedRecord reject : rejects.toList()) {
        RawRecord raw = reject.rejected().raw();
        assertThat("its value", Arrays.equals(raw.payload(), values.get(raw.offset())));
        assertThat(raw.envelope().headers().size(), is(308));
      }
    }
  }
}
