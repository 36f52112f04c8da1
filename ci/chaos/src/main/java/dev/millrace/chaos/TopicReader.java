package dev.millrace.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole topics with a plain consumer, as readers of committed messages see them. */
record TopicReader(String brokers) {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private interface Identity {
    String of(byte[] value) throws IOException;
  }

  Bag flights(String topic) throws IOException {
    return read(topic, value -> Flight.parse(value).identity());
  }

  Bag payloads(String topic) throws IOException {
    return read(topic, Message::identityOf);
  }

  /** Where a topic ends, with the markers of transactions, which no reader sees. */
  long end(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_uncommitted")) {
      return end(consumer, topic);
    }
  }

  private Bag read(String topic, Identity identity) throws IOException {
    Bag bag = new Bag();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
      List<TopicPartition> places = places(consumer, topic);
      consumer.assign(places);
      consumer.seekToBeginning(places);
      // Of all messages: one whose transaction is still open has to be waited for.
      long end = end(topic);
      Patience patience = Patience.of(PATIENCE);
      while (places.stream().mapToLong(consumer::position).sum() < end) {
        patience.check("read topic " + topic);
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
          bag.add(identity.of(message.value()));
        }
      }
    }
    return bag;
  }

  private static long end(KafkaConsumer<byte[], byte[]> consumer, String topic) {
    return consumer.endOffsets(places(consumer, topic)).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static List<TopicPartition> places(KafkaConsumer<byte[], byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", brokers, "isolation.level", isolation),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
