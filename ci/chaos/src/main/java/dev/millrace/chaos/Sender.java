package dev.millrace.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends messages as fast as the broker takes them, each once and those of a partition in their
 * order, also where the broker is killed meanwhile: the producer is idempotent, and patient.
 */
final class Sender implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;

  Sender(String brokers, String topic) {
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                brokers,
                "enable.idempotence",
                true,
                "acks",
                "all",
                "linger.ms",
                5,
                "delivery.timeout.ms",
                (int) PATIENCE.toMillis(),
                "max.block.ms",
                PATIENCE.toMillis()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Sends them, and is done when the broker has them all. */
  CompletableFuture<Void> send(List<Message> messages) {
    return CompletableFuture.runAsync(() -> sendAll(messages));
  }

  private void sendAll(List<Message> messages) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    for (Message message : messages) {
      Future<?> unused =
          producer.send(
              new ProducerRecord<>(topic, message.partition(), message.key(), message.value()),
              (place, failed) -> failure.compareAndSet(null, failed));
    }
    producer.flush();
    if (failure.get() != null) {
      throw new IllegalStateException(
          "Cannot send to %s: %s".formatted(topic, failure.get().getMessage()), failure.get());
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
