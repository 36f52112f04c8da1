package dev.millrace.benchmarks.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.benchmarks.events.Truth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a contender has accepted, as anybody reads it from the topic: what its columns add up to,
 * and when the broker took each event.
 */
final class AcceptedEvents {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private static final List<String> TEXTS =
      List.of(
          "id",
          "user_id",
          "session_id",
          "type",
          "country",
          "device",
          "page",
          "referrer",
          "user_agent",
          "campaign");

  private final Map<String, Long> appended = new HashMap<>();
  private final Map<String, Long> partitions = new TreeMap<>();
  private long messages;
  private long timeMillis;
  private long amountCents;
  private long quantity;
  private long durationMillis;
  private long signedIn;
  private long textBytes;
  private long nulls;

  private AcceptedEvents() {}

  /** None yet. */
  static AcceptedEvents empty() {
    return new AcceptedEvents();
  }

  /** Reads all that a topic has. */
  static AcceptedEvents read(TopicReader topics, String topic) {
    AcceptedEvents accepted = empty();
    topics.read(topic, accepted::add);
    return accepted;
  }

  private void add(ConsumerRecord<byte[], byte[]> message) {
    try {
      add(JSON.readTree(message.value()), message.timestamp());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read an accepted event: " + e.getMessage(), e);
    }
  }

  /** Adds an event, in the order in which the broker took those of its partition. */
  void add(JsonNode event, long appendedAt) {
    messages++;
    appended.merge(event.path("id").asText(), appendedAt, Math::min);
    Instant time = Instant.parse(event.path("event_time").asText());
    partitions.merge("dt=" + time.toString().substring(0, 10), 1L, Long::sum);
    timeMillis += time.toEpochMilli() - START.toEpochMilli();
    amountCents += Math.round(event.path("amount").asDouble() * 100);
    quantity += event.path("quantity").asLong();
    durationMillis += event.path("duration_ms").asLong();
    signedIn += event.path("signed_in").asBoolean() ? 1 : 0;
    for (String field : TEXTS) {
      if (event.hasNonNull(field)) {
        textBytes += event.path(field).asText().getBytes(StandardCharsets.UTF_8).length;
      } else {
        nulls++;
      }
    }
  }

  Map<String, Long> partitions() {
    return partitions;
  }

  Truth.Sums sums() {
    return new Truth.Sums(
        timeMillis, amountCents, quantity, durationMillis, signedIn, textBytes, nulls, 0);
  }

  /** How many ids there are. */
  long ids() {
    return appended.size();
  }

  /**
   * How many messages repeat an id: there were no failures, which at-least-once allows them for.
   */
  long repeated() {
    return messages - appended.size();
  }

  /** When the broker took each event, by id, in milliseconds since 1970. */
  Map<String, Long> appended() {
    return appended;
  }
}
