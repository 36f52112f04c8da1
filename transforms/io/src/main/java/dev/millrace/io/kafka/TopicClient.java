package dev.millrace.io.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Fetches the messages of partitions of a topic, from offsets that it is told and nowhere else.
 * Those of aborted transactions are passed over. Not thread-safe.
 */
final class TopicClient implements AutoCloseable {
  /** Enough to fill some blocks of small messages; what is fetched at once is limited in bytes. */
  private static final int MAX_POLL_MESSAGES = 10_000;

  private final Topic topic;
  private final KafkaFailures failures;
  private final KafkaConsumer<byte[], byte[]> consumer;

  private TopicClient(Topic topic, KafkaConsumer<byte[], byte[]> consumer) {
    this.topic = topic;
    this.failures = new KafkaFailures(topic);
    this.consumer = consumer;
  }

  static TopicClient open(Topic topic) {
    try {
      return new TopicClient(
          topic,
          new KafkaConsumer<>(
              properties(topic), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    } catch (KafkaException e) {
      throw new KafkaFailures(topic).of(e);
    }
  }

  private static Map<String, Object> properties(Topic topic) {
    Map<String, Object> properties = new HashMap<>(topic.connection().clientProperties());
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_MESSAGES);
    if (topic.group() != null) {
      properties.put(ConsumerConfig.GROUP_ID_CONFIG, topic.group());
    }
    return properties;
  }

  /** Fetches these partitions from now on; those that were fetched before go on where they are. */
  void fetch(Map<Integer, Long> offsets) {
    List<TopicPartition> all = new ArrayList<>(consumer.assignment());
    offsets.keySet().forEach(number -> all.add(partition(number)));
    consumer.assign(all);
    offsets.forEach((number, offset) -> consumer.seek(partition(number), offset));
  }

  /** Fetches one partition from an offset, and no other one any more. */
  void fetchOnly(int partition, long offset) {
    consumer.assign(List.of(partition(partition)));
    consumer.seek(partition(partition), offset);
  }

  /** What came, waiting for so long if nothing did. */
  ConsumerRecords<byte[], byte[]> poll(Duration wait) {
    try {
      return consumer.poll(wait);
    } catch (KafkaException e) {
      throw failures.of(e);
    }
  }

  /**
   * Up to where a partition was fetched: messages that are not to be read have been passed over.
   */
  long position(int partition) {
    return consumer.position(partition(partition));
  }

  /** How many messages wait in a partition; nothing if that isn't known yet. */
  OptionalLong lag(int partition) {
    return consumer.currentLag(partition(partition));
  }

  /** Shows others in the group how far the partitions have been read. */
  void commit(Map<Integer, Long> offsets, OffsetCommitCallback callback) {
    consumer.commitAsync(asCommitted(offsets), callback);
  }

  /** The same before it is closed: gives up after so long. */
  void commitNow(Map<Integer, Long> offsets, Duration patience) {
    consumer.commitSync(asCommitted(offsets), patience);
  }

  private Map<TopicPartition, OffsetAndMetadata> asCommitted(Map<Integer, Long> offsets) {
    Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    offsets.forEach(
        (number, offset) -> committed.put(partition(number), new OffsetAndMetadata(offset)));
    return committed;
  }

  private TopicPartition partition(int number) {
    return new TopicPartition(topic.name(), number);
  }

  @Override
  public void close() {
    consumer.close(Duration.ZERO);
  }
}
