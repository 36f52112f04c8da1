package dev.millrace.flink;

import static dev.millrace.flink.LiveIngest.flight;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.millrace.record.Disposition;
import dev.millrace.testing.broker.KafkaBroker;
import dev.millrace.testing.broker.SharedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Partitions of a topic that are not as far as each other, with several readers on Flink: one that
 * is behind is waited for, so that nothing of it is late, and one that is silent is not waited for
 * longer than its idleness.
 */
@ExtendWith(SharedBroker.class)
class SkewOnFlinkTest {
  private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(20);
  private static final int MINUTES_A_DAY = 24 * 60;
  private static final int FLIGHTS_A_DAY = 6_000;

  @TempDir Path folder;
  private KafkaBroker broker;
  private Producer<byte[], byte[]> producer;

  @BeforeEach
  void connect(KafkaBroker shared) {
    broker = shared;
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void disconnect() {
    producer.close();
  }

  private LiveIngest start(String topic, String idleness, int parallelism) throws Exception {
    return LiveIngest.start(
        folder,
        Map.of(
            "topic",
            topic,
            "bootstrapServers",
            broker.bootstrapServers(),
            "checkpointingInterval",
            "500",
            "idleness",
            idleness,
            "parallelism",
            String.valueOf(parallelism)));
  }

  private Future<RecordMetadata> send(String topic, int partition, String flight) {
    byte[] value = flight.strip().getBytes(StandardCharsets.UTF_8);
    return producer.send(new ProducerRecord<>(topic, partition, null, value));
  }

  /**
   * Of two readers with two partitions each: the first is days ahead, the second is one day behind
   * and goes on for some time, then stops. Of the others one has had a message, and one none.
   */
  @Test
  @Timeout(180)
  void waitsForAPartitionThatIsBehindAndNoLongerThanItsIdlenessForASilentOne() throws Exception {
    String topic = "behind";
    Duration idleness = Duration.ofSeconds(2);
    broker.createTopic(topic, 4);
    send(topic, 0, flight(1, 0, 1)).get();
    send(topic, 2, flight(1, 1, 2)).get();
    send(topic, 1, flight(1, 2, 3)).get();
    try (LiveIngest run = start(topic, "2s", 2)) {
      long behind = 4;
      long end = System.nanoTime() + 3 * idleness.toNanos();
      long lastSent = 0;
      for (; System.nanoTime() < end; behind++) {
        send(topic, 0, flight(4, 0, behind)).get();
        send(topic, 1, flight(1, 3, behind)).get();
        lastSent = System.nanoTime();
        LockSupport.parkNanos(BETWEEN_MESSAGES.toNanos());
      }
      assertThat("the one behind is waited for", run.has("records", 1), is(false));

      long patience = System.nanoTime() + LiveIngest.PATIENCE.toNanos();
      while (!run.has("records", 1)) {
        assertThat("the run gets on", System.nanoTime() < patience);
        send(topic, 0, flight(4, 1, 1)).get();
        LockSupport.parkNanos(BETWEEN_MESSAGES.toNanos());
      }
      Duration waited = Duration.ofNanos(System.nanoTime() - lastSent);
      assertThat(waited, greaterThan(idleness));
      assertThat(waited, lessThan(idleness.plusSeconds(20)));
      assertThat(run.published("records", 1), is(LongStream.range(1, behind).boxed().toList()));
      assertThat(run.published("late", 1), is(List.of()));
    }
  }

  /**
   * All is there at the start, most of it in one partition, and read for much longer than its
   * idleness. There are more readers than partitions, and these have nothing to wait for.
   */
  @Test
  @Timeout(180)
  void takesNoPartitionForIdleOfWhichMessagesWait() throws Exception {
    String topic = "hot";
    broker.createTopic(topic, 3);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int day = 1; day <= 3; day++) {
      for (int i = 0; i < FLIGHTS_A_DAY; i++) {
        int minute = (int) ((long) i * MINUTES_A_DAY / FLIGHTS_A_DAY);
        int partition = i % 100 == 0 ? 1 + i / 100 % 2 : 0;
        sent.add(send(topic, partition, flight(day, minute, (long) day * FLIGHTS_A_DAY + i)));
      }
    }
    for (Future<RecordMetadata> message : sent) {
      message.get();
    }
    try (LiveIngest run = start(topic, "1ms", 4)) {
      LiveIngest.await(() -> run.has("records", 3));
      assertThat(
          run.published("records", 1, 2, 3),
          is(LongStream.range(FLIGHTS_A_DAY, 4L * FLIGHTS_A_DAY).boxed().toList()));
      assertThat(run.count(Disposition.LATE), is(0L));
    }
  }
}
