package dev.millrace.io.kafka;

import dev.millrace.io.ReadException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * What the cluster says of a topic: its partitions, and which offsets they have. Messages that wait
 * for the end of a transaction count as there. Not thread-safe.
 */
final class TopicOffsets implements AutoCloseable {
  private static final long NONE = -1;

  private final Topic topic;
  private final KafkaFailures failures;
  private final Admin admin;

  private TopicOffsets(Topic topic, Admin admin) {
    this.topic = topic;
    this.failures = new KafkaFailures(topic);
    this.admin = admin;
  }

  static TopicOffsets open(Topic topic) {
    try {
      return new TopicOffsets(topic, Admin.create(topic.connection().clientProperties()));
    } catch (KafkaException e) {
      throw new KafkaFailures(topic).of(e);
    }
  }

  /**
   * A topic as it is now.
   *
   * @param id another one if it was deleted and made anew under the same name
   */
  record Layout(String id, int partitions) {
    List<Integer> numbers() {
      return IntStream.range(0, partitions).boxed().toList();
    }
  }

  Layout layout() {
    TopicDescription description =
        answer(admin.describeTopics(List.of(topic.name())).topicNameValues().get(topic.name()));
    return new Layout(description.topicId().toString(), description.partitions().size());
  }

  /** The first offset of each partition that is there. */
  Map<Integer, Long> earliest(List<Integer> partitions) {
    return offsets(partitions, OffsetSpec.earliest());
  }

  /** The offset that the next message of each partition will have. */
  Map<Integer, Long> ends(List<Integer> partitions) {
    return offsets(partitions, OffsetSpec.latest());
  }

  /** The first offset in each partition of a message of that time or later; its end without one. */
  Map<Integer, Long> publishedAt(List<Integer> partitions, long millis) {
    // The ends first: a message that comes in between is after them, and not passed over.
    Map<Integer, Long> offsets = ends(partitions);
    offsets.putAll(offsets(partitions, OffsetSpec.forTimestamp(millis)));
    return offsets;
  }

  /** Where the group left off in each partition. */
  Map<Integer, Long> committed(List<Integer> partitions) {
    Map<TopicPartition, OffsetAndMetadata> committed =
        answer(admin.listConsumerGroupOffsets(topic.group()).partitionsToOffsetAndMetadata());
    Map<Integer, Long> offsets = new TreeMap<>();
    for (int partition : partitions) {
      OffsetAndMetadata offset = committed.get(new TopicPartition(topic.name(), partition));
      if (offset == null) {
        throw new ReadException(
            "Cannot start topic %s, partition %d where group %s left off: it has no offset there"
                .formatted(topic, partition, topic.group()));
      }
      offsets.put(partition, offset.offset());
    }
    return offsets;
  }

  private Map<Integer, Long> offsets(List<Integer> partitions, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(number -> asked.put(new TopicPartition(topic.name(), number), spec));
    Map<TopicPartition, ListOffsetsResultInfo> answers = answer(admin.listOffsets(asked).all());
    Map<Integer, Long> offsets = new TreeMap<>();
    answers.forEach(
        (partition, found) -> {
          if (found.offset() != NONE) {
            offsets.put(partition.partition(), found.offset());
          }
        });
    return offsets;
  }

  private <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw failures.of(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ReadException("Cannot read topic %s: interrupted".formatted(topic), e);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
