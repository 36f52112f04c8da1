package dev.millrace.io.kafka;

import dev.millrace.io.Compression;
import dev.millrace.io.WriteException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic to write to, and the clients that do so. */
record KafkaTarget(KafkaConnection connection, String topic, Compression compression)
    implements Serializable {
  private static final int MAX_REQUEST_BYTES = 20 << 20;
  private static final int BATCH_BYTES = 128 << 10;
  private static final Duration LINGER = Duration.ofMillis(5);
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  KafkaTarget {
    if (topic.isEmpty()) {
      throw new IllegalArgumentException("Missing required value: topic");
    }
  }

  KafkaTarget with(Compression other) {
    return new KafkaTarget(connection, topic, other);
  }

  /** Finds out whether the topic is there: none is made by writing to it. */
  void check() {
    try (Admin admin = Admin.create(connection.clientProperties())) {
      answer(admin.describeTopics(List.of(topic)).allTopicNames());
    }
  }

  /** A producer of messages that the brokers keep, each once for each time that it is sent. */
  KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(properties(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A producer of transactions; of those with an id, the one that began last goes on. */
  KafkaProducer<byte[], byte[]> transactionalProducer(String id) {
    Map<String, Object> properties = properties();
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION_TIMEOUT.toMillis());
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = connection.clientProperties();
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(
        ProducerConfig.COMPRESSION_TYPE_CONFIG, compression.name().toLowerCase(Locale.ROOT));
    properties.put(ProducerConfig.LINGER_MS_CONFIG, (int) LINGER.toMillis());
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    // What clients push to brokers that ask for it; a producer that is closed at once fails in it.
    properties.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    return properties;
  }

  /** Where a group's offset is kept. */
  TopicPartition offsetPlace() {
    return new TopicPartition(topic, 0);
  }

  /** What is committed for a group for all to see, or null. There may be more. */
  OffsetAndMetadata shown(String group) {
    try (Admin admin = Admin.create(connection.clientProperties())) {
      return answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
          .get(offsetPlace());
    }
  }

  /**
   * What is committed for a group, or null; waits until the broker shows what a transaction has
   * committed. A consumer does so; an administrator's client takes what isn't shown for nothing,
   * even when it is asked for what is stable.
   */
  OffsetAndMetadata committed(String group) {
    Map<String, Object> properties = connection.clientProperties();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return consumer.committed(Set.of(offsetPlace()), ANSWER_TIMEOUT).get(offsetPlace());
    } catch (KafkaException e) {
      throw SendFailures.of(this, e);
    }
  }

  private <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new WriteException(
            "Cannot find topic %1$s at %2$s: create it with: kafka-topics --create --topic %1$s --bootstrap-server %2$s"
                .formatted(topic, connection.bootstrapServers()),
            e.getCause());
      }
      throw SendFailures.of(this, e.getCause());
    } catch (TimeoutException e) {
      throw SendFailures.of(this, new org.apache.kafka.common.errors.TimeoutException(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SendFailures.of(this, e);
    }
  }

  void populateDisplayData(DisplayData.Builder builder) {
    connection.populateDisplayData(builder);
    builder
        .add(DisplayData.item("topic", topic))
        .add(DisplayData.item("compression", compression.name()));
  }
}
