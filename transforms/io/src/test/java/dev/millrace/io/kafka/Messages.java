package dev.millrace.io.kafka;

import dev.millrace.record.RawBlock;
import dev.millrace.record.RawRecord;
import dev.millrace.testing.broker.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Messages on their way into a topic of a test, and as they are read. */
final class Messages {
  private Messages() {}

  static KafkaConnection connection(KafkaBroker broker) {
    return KafkaConnection.to(broker.bootstrapServers());
  }

  /** A producer; to be closed. */
  static Producer<byte[], byte[]> producer(KafkaBroker broker, Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 20 << 20);
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A producer whose messages are read when it commits them. */
  static Producer<byte[], byte[]> transactional(KafkaBroker broker, String id) {
    Producer<byte[], byte[]> producer =
        producer(broker, Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id));
    producer.initTransactions();
    return producer;
  }

  static ProducerRecord<byte[], byte[]> message(
      String topic, int partition, long millis, String value) {
    return new ProducerRecord<>(topic, partition, millis, null, utf8(value));
  }

  /** Sends messages, and waits until they are there. */
  @SafeVarargs
  static void send(KafkaBroker broker, ProducerRecord<byte[], byte[]>... messages) {
    try (Producer<byte[], byte[]> producer = producer(broker, Map.of())) {
      for (ProducerRecord<byte[], byte[]> message : messages) {
        send(producer, message);
      }
    }
  }

  /** Sends a message, and waits until it is there. */
  static void send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> message) {
    send(producer, List.of(message));
  }

  private static void send(
      Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> messages) {
    try {
      List<Future<RecordMetadata>> sent = messages.stream().map(producer::send).toList();
      producer.flush();
      for (Future<RecordMetadata> future : sent) {
        future.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("Cannot send messages", e);
    }
  }

  /** Sends so many numbers to a partition, from 0, a millisecond apart. */
  static void sendNumbers(KafkaBroker broker, String topic, int partition, int count) {
    try (Producer<byte[], byte[]> producer = producer(broker, Map.of())) {
      send(
          producer,
          IntStream.range(0, count).mapToObj(i -> message(topic, partition, i, "" + i)).toList());
    }
  }

  /** All records of a slice, as runners read it: in parts. */
  static List<RawRecord> read(SliceSource source) throws Exception {
    List<RawRecord> records = new ArrayList<>();
    for (SliceSource part : source.split(1, null)) {
      try (var reader = part.createReader(null)) {
        for (boolean more = reader.start(); more; more = reader.advance()) {
          records.addAll(records(reader.getCurrent()));
        }
      }
    }
    return records;
  }

  static List<RawRecord> records(RawBlock block) {
    return IntStream.range(0, block.size()).mapToObj(block::raw).toList();
  }

  /** Records as {@code topic/partition@offset: value}. */
  static List<String> shown(List<RawRecord> records) {
    return records.stream().map(RawRecord::toString).toList();
  }

  static String text(RawRecord record) {
    return new String(record.payload(), StandardCharsets.UTF_8);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
