package dev.millrace.io.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Looks at the first messages of a topic without a pipeline, as text: what a developer wants to see
 * of it. Bounded by what is there; one partition after the other, in the order of offsets; only
 * what is committed. Leaves no trace in a consumer group.
 */
public final class PeekTopic {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final KafkaConnection connection;

  private PeekTopic(KafkaConnection connection) {
    this.connection = connection;
  }

  /** On this cluster. */
  public static PeekTopic on(KafkaConnection connection) {
    return new PeekTopic(connection);
  }

  /**
   * One message.
   *
   * @param headers by name, in their order; of several with one name, the last
   * @param value empty for a tombstone
   */
  public record Message(
      int partition,
      long offset,
      Optional<String> key,
      Map<String, String> headers,
      Optional<String> value) {}

  /**
   * The first messages of a topic, as many as there are up to a number.
   *
   * @throws dev.millrace.io.ReadException if there is no such topic, or the cluster doesn't answer
   */
  public List<Message> first(String name, int most) {
    Topic topic = new Topic(connection, name, null);
    if (most < 1) {
      throw new IllegalArgumentException(
          "Invalid number of messages: %s (expected at least 1)".formatted(most));
    }
    try (TopicOffsets offsets = TopicOffsets.open(topic);
        KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<Integer> partitions = offsets.layout().numbers();
      Map<Integer, Long> starts = offsets.earliest(partitions);
      Map<Integer, Long> ends = offsets.ends(partitions);
      List<Message> messages = new ArrayList<>();
      for (int partition : partitions) {
        TopicPartition from = new TopicPartition(name, partition);
        consumer.assign(List.of(from));
        consumer.seek(from, starts.get(partition));
        read(consumer, from, ends.get(partition), most, messages);
      }
      return messages;
    } catch (KafkaException e) {
      throw new KafkaFailures(topic).of(e);
    }
  }

  /** Ends early where nothing comes for a while: messages of an open transaction don't. */
  private static void read(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicPartition partition,
      long end,
      int most,
      List<Message> messages) {
    while (messages.size() < most && consumer.position(partition) < end) {
      long before = consumer.position(partition);
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(PATIENCE)) {
        if (messages.size() < most) {
          messages.add(shown(message));
        }
      }
      if (consumer.position(partition) == before) {
        return;
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> properties = connection.clientProperties();
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "none");
    properties.put("enable.auto.commit", false);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Message shown(ConsumerRecord<byte[], byte[]> message) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : message.headers()) {
      headers.put(header.key(), text(header.value()).orElse(""));
    }
    return new Message(
        message.partition(), message.offset(), text(message.key()), headers, text(message.value()));
  }

  private static Optional<String> text(byte[] bytes) {
    return bytes == null
        ? Optional.empty()
        : Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }
}
