package dev.millrace.benchmarks.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics from outside: a plain consumer of what is committed. */
final class TopicReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final KafkaConsumer<byte[], byte[]> consumer;

  TopicReader(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** How many messages a topic has; there are no transactions whose marks would count. */
  long size(String topic) {
    return ends(topic).values().stream().mapToLong(Long::longValue).sum();
  }

  /** Hands over all messages that a topic has now. */
  void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    Map<TopicPartition, Long> ends = ends(topic);
    consumer.assign(ends.keySet());
    consumer.seekToBeginning(ends.keySet());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(PATIENCE)) {
        if (message.offset() < ends.get(new TopicPartition(topic, message.partition()))) {
          each.accept(message);
        }
      }
    }
  }

  private Map<TopicPartition, Long> ends(String topic) {
    List<PartitionInfo> partitions = consumer.partitionsFor(topic);
    return consumer.endOffsets(
        partitions.stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
