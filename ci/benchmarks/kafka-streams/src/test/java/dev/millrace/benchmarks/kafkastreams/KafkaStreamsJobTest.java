package dev.millrace.benchmarks.kafkastreams;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.benchmarks.run.Assignment;
import dev.millrace.benchmarks.run.State;
import dev.millrace.testing.broker.KafkaBroker;
import dev.millrace.testing.broker.NewTopics;
import dev.millrace.testing.broker.SharedBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SharedBroker.class)
final class KafkaStreamsJobTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int COMMIT_MILLIS = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String FIRST = event("0000000000000000000000001", "02T10:00:00.000", 2);
  private static final String SECOND = event("0000000000000000000000002", "02T10:59:59.999", 3);
  private static final String DAY_LATER = event("0000000000000000000000001", "03T10:00:00.000", 5);
  private static final String FORGOTTEN = event("0000000000000000000000001", "03T10:00:00.001", 7);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void dropsRepeatsWithinADayRejectsAndAggregates(State state, KafkaBroker broker)
      throws Exception {
    Assignment assignment = new Assignment(broker.bootstrapServers(), state.name(), folder, state);
    createTopics(assignment);
    send(assignment, List.of(FIRST, "GET /", SECOND, FIRST, DAY_LATER, FORGOTTEN));
    Properties settings = Settings.of(assignment);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS); // sums come with commits
    try (KafkaStreams streams = new KafkaStreams(KafkaStreamsJob.topology(assignment), settings)) {
      streams.start();
      List<JsonNode> accepted =
          read(assignment, assignment.output(), messages -> messages.size() == 3);
      assertThat(accepted, contains(tree(FIRST), tree(SECOND), tree(FORGOTTEN)));
      JsonNode reject =
          read(assignment, assignment.rejects(), messages -> messages.size() == 1).get(0);
      assertThat(reject.path("original").asText(), is("GET /"));
      assertThat(reject.path("reason").asText(), is("malformed"));
      JsonNode hour = tree(HOUR);
      assertThat(
          read(assignment, assignment.aggregates(), messages -> messages.contains(hour)),
          hasItem(hour));
    }
  }

  private static final String HOUR =
      """
      {"type": "search", "country": "DE", "window_start": 1772445600000000,
       "window_end": 1772449200000000, "count": 2, "sum_amount": 5.0, "mean_duration_ms": 2.5}
      """;

  private static String event(String id, String time, int number) {
    return """
        {"id":"%s","event_time":"2026-03-%sZ","user_id":"u","session_id":"12345678",\
        "type":"search","country":"DE","device":"tv","page":"/","referrer":null,\
        "user_agent":null,"amount":%d.0,"quantity":1,"duration_ms":%d,"signed_in":true,\
        "campaign":null}"""
        .formatted(id, time.replace(".000", ""), number, number);
  }

  private static JsonNode tree(String json) throws IOException {
    return JSON.readTree(json);
  }

  private static void createTopics(Assignment assignment) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", assignment.bootstrapServers()))) {
      NewTopics.create(
          admin,
          Stream.of(
                  assignment.input(),
                  assignment.output(),
                  assignment.rejects(),
                  assignment.aggregates())
              .map(name -> new NewTopic(name, 1, (short) 1))
              .toList());
    }
  }

  private static void send(Assignment assignment, List<String> messages) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", assignment.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String message : messages) {
        producer
            .send(
                new ProducerRecord<>(assignment.input(), message.getBytes(StandardCharsets.UTF_8)))
            .get();
      }
    }
  }

  /** The messages up to those that are due, or all that come in time. */
  private static List<JsonNode> read(
      Assignment assignment, String topic, Predicate<List<JsonNode>> areDue) throws IOException {
    List<JsonNode> messages = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", assignment.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!areDue.test(messages) && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofSeconds(1))) {
          messages.add(JSON.readTree(message.value()));
        }
      }
    }
    return messages;
  }
}
