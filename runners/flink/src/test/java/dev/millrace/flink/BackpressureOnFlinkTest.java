package dev.millrace.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.millrace.io.table.Manifest;
import dev.millrace.record.Disposition;
import dev.millrace.testing.broker.KafkaBroker;
import dev.millrace.testing.broker.SharedBroker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.ObjectName;
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
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A database that takes nothing makes a run on Flink take nothing from its topic: what waits, waits
 * there and not in memory.
 */
@ExtendWith(SharedBroker.class)
@Isolated("weighs the heap of the process")
class BackpressureOnFlinkTest {
  private static final String TOPIC = "backlog";
  private static final int PARTITIONS = 2;
  private static final int NOTES = 3_000;
  private static final int TEXT = 20_000;
  private static final long BACKLOG = (long) NOTES * TEXT;

  /**
   * More than may be on its way, some 30 MB: for each of two subtasks 8 MB packed by keys, a batch
   * of the database and what the consumer has asked for, and Flink's buffers between them.
   */
  private static final long ON_ITS_WAY = BACKLOG / 3 * 2;

  private static final Duration STANDS_STILL = Duration.ofSeconds(2);

  private static final String WAITING =
      "select count(*) from pg_locks where relation = 'notes'::regclass and not granted";

  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: notes
      version: 1.0.0
      status: active
      schema:
        - name: notes
          logicalType: object
          properties:
            - name: id
              logicalType: integer
              required: true
              primaryKey: true
            - name: at
              logicalType: timestamp
              required: true
            - name: text
              logicalType: string
          customProperties:
            - property: millrace.eventTimeField
              value: at
            - property: millrace.dedupHorizon
              value: 1d
      """;

  @TempDir Path folder;
  private KafkaBroker broker;
  private EmbeddedPostgres postgres;

  @BeforeEach
  void startServers(KafkaBroker shared) throws IOException {
    broker = shared;
    postgres = EmbeddedPostgres.builder().start();
  }

  @AfterEach
  void stopServers() throws IOException {
    postgres.close();
  }

  @Test
  @Timeout(180)
  void leavesInTheTopicWhatADatabaseDoesNotTake() throws Exception {
    broker.createTopic(TOPIC, PARTITIONS);
    try (Connection reader = connect();
        Connection other = connect()) {
      execute(other, "create table notes (id bigint primary key, at timestamptz, text text)");
      try (LiveIngest run = start()) {
        send(0, PARTITIONS, 1);
        LiveIngest.await(() -> number(reader, "select count(*) from notes") == PARTITIONS);
        long readBefore = bytesRead();
        long heapBefore = heap();

        other.setAutoCommit(false);
        execute(other, "lock table notes in access exclusive mode");
        send(PARTITIONS, NOTES, 1);
        LiveIngest.await(() -> number(reader, WAITING) > 0);
        awaitStandstill();
        assertThat("read meanwhile", bytesRead() - readBefore, lessThan(ON_ITS_WAY));
        assertThat("held meanwhile", heap() - heapBefore, lessThan(ON_ITS_WAY));
        assertThat(number(other, "select count(*) from notes"), is((long) PARTITIONS));

        other.commit();
        send(NOTES, NOTES + PARTITIONS, 3); // ends the day before
        LiveIngest.await(() -> run.has("records", 1));
        assertThat(run.count(Disposition.DUPLICATE), is(0L));
        assertThat(published(run, "dt=2001-01-01"), is((long) NOTES));
        assertThat(
            number(reader, "select count(*) from notes where id < " + NOTES), is((long) NOTES));
      }
    }
  }

  private static long published(LiveIngest run, String partition) throws IOException {
    return run.commits().stream()
        .mapToLong(commit -> Manifest.read(commit).count(Disposition.PUBLISHED, partition))
        .sum();
  }

  private LiveIngest start() throws IOException {
    return LiveIngest.start(
        folder,
        Map.of(
            "contract",
            Files.writeString(folder.resolve("notes.odcs.yaml"), CONTRACT).toString(),
            "topic",
            TOPIC,
            "bootstrapServers",
            broker.bootstrapServers(),
            "parallelism",
            "2",
            "jdbcTable",
            "notes",
            "jdbcUser",
            "postgres",
            "jdbcUrl",
            postgres.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", "")));
  }

  /** Notes of a day, with so much text that it shows where they are held. */
  private void send(int from, int to, int day) throws Exception {
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int id = from; id < to; id++) {
        byte[] note =
            String.format(
                    Locale.ROOT,
                    "{\"id\":%d,\"at\":\"2001-01-%02dT03:04:05Z\",\"text\":\"%s\"}",
                    id,
                    day,
                    text(id))
                .getBytes(StandardCharsets.UTF_8);
        sent.add(producer.send(new ProducerRecord<>(TOPIC, id % PARTITIONS, null, note)));
      }
      for (Future<RecordMetadata> message : sent) {
        message.get();
      }
    }
  }

  /** Nothing that would be packed to a part of its size. */
  private static String text(int id) {
    byte[] bytes = new byte[TEXT / 4 * 3];
    new Random(id).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Until nothing was read for some time, be it that all is. */
  private static void awaitStandstill() throws JMException {
    long since = System.nanoTime();
    long last = bytesRead();
    while (System.nanoTime() - since < STANDS_STILL.toNanos()) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      long now = bytesRead();
      since = now == last ? since : System.nanoTime();
      last = now;
    }
  }

  /** What the broker has given out of the topic. */
  private static long bytesRead() throws JMException {
    ObjectName name =
        new ObjectName("kafka.server:type=BrokerTopicMetrics,name=BytesOutPerSec,topic=" + TOPIC);
    return (Long) ManagementFactory.getPlatformMBeanServer().getAttribute(name, "Count");
  }

  /** What is in use once garbage is collected. */
  private static long heap() {
    ManagementFactory.getMemoryMXBean().gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private Connection connect() throws SQLException {
    return postgres.getPostgresDatabase().getConnection();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(Connection connection, String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
