package dev.millrace.benchmarks.stream;

import dev.millrace.benchmarks.events.EventStream;
import dev.millrace.benchmarks.run.Assignment;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends the workload to a topic, as a producer of events does. */
final class EventSender implements AutoCloseable {
  private static final long NANOS = 1_000_000_000L;
  private static final long PAUSE_NANOS = 1_000_000L;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final EventStream events;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  EventSender(String bootstrapServers, String topic, EventStream events) {
    this.topic = topic;
    this.events = events;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "compression.type",
                "lz4",
                "batch.size",
                128 << 10,
                "linger.ms",
                5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Sends so many messages as fast as it can. */
  void sendBacklog(long messages) throws IOException {
    for (long i = 0; i < messages; i++) {
      events.next();
      send(events.partition(Assignment.PARALLELISM));
    }
    flush();
  }

  /**
   * Sends so many messages a second.
   *
   * @return when the first message of each id was sent, in milliseconds since 1970
   */
  Map<String, Long> sendSteadily(long rate, long seconds) throws IOException {
    Map<String, Long> sent = new HashMap<>();
    long start = System.nanoTime();
    for (long i = 0; i < rate * seconds; i++) {
      while (System.nanoTime() - start < i * NANOS / rate) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      events.next();
      sent.putIfAbsent(events.id(), send(events.partition(Assignment.PARALLELISM)));
    }
    flush();
    return sent;
  }

  /** Sends a message to each partition that is so late that all windows before it can be closed. */
  void sendClosers() throws IOException {
    for (int partition = 0; partition < Assignment.PARALLELISM; partition++) {
      events.nextCloser();
      send(partition);
    }
    flush();
  }

  private long send(int partition) {
    long now = System.currentTimeMillis();
    Future<?> unused =
        producer.send(
            new ProducerRecord<>(topic, partition, now, null, events.value()),
            (metadata, exception) -> {
              if (exception != null) {
                failure.compareAndSet(null, exception);
              }
            });
    return now;
  }

  private void flush() throws IOException {
    producer.flush();
    if (failure.get() != null) {
      throw new IOException("Cannot send events: " + failure.get().getMessage(), failure.get());
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
