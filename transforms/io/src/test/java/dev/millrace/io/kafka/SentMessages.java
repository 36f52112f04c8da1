package dev.millrace.io.kafka;

import dev.millrace.testing.broker.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What readers of committed messages find in a topic of one partition. */
final class SentMessages {
  private SentMessages() {}

  static List<ConsumerRecord<byte[], byte[]>> in(KafkaBroker broker, String topic) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    TopicPartition place = new TopicPartition(topic, 0);
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(place));
      consumer.seekToBeginning(List.of(place));
      long end = end(broker, place);
      while (consumer.position(place) < end) {
        consumer.poll(Duration.ofSeconds(1)).forEach(messages::add);
      }
    }
    return messages;
  }

  /**
   * Where the topic ends for readers that don't care for transactions: the broker answers that one
   * is committed before it shows it to those that do.
   */
  private static long end(KafkaBroker broker, TopicPartition place) {
    try (Admin admin = broker.admin()) {
      return admin
          .listOffsets(Map.of(place, OffsetSpec.latest()))
          .partitionResult(place)
          .get(30, TimeUnit.SECONDS)
          .offset();
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Cannot find the end of " + place, e);
    }
  }

  /** Time, key and value, and the headers if there are any. */
  static List<String> shownIn(KafkaBroker broker, String topic) {
    return in(broker, topic).stream().map(SentMessages::shown).toList();
  }

  private static String shown(ConsumerRecord<byte[], byte[]> message) {
    StringJoiner line = new StringJoiner(" ");
    line.add(Long.toString(message.timestamp())).add(text(message.key()));
    line.add(text(message.value()));
    for (Header header : message.headers()) {
      line.add(header.key() + "=" + text(header.value()));
    }
    return line.toString();
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
  }
}
