package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.testing.broker.KafkaBroker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What the report counts as published and rejected is what topics and tables have: with a real
 * broker, a real PostgreSQL, and both runners.
 */
class SinksTest {
  private static final String CONTRACT =
      Path.of("../../testdata/flights/flights.odcs.yaml").toAbsolutePath().normalize().toString();
  private static final String COLUMNS = "date,delay,distance,origin,destination";
  private static final List<String> BAD = List.of("{", flight(7, 0), flight(7, -1));
  private static final int FLIGHTS = 500;

  private static KafkaBroker broker;
  private static EmbeddedPostgres postgres;

  @TempDir Path folder;

  @BeforeAll
  static void startServers() throws IOException {
    broker = KafkaBroker.start();
    postgres = EmbeddedPostgres.builder().start();
  }

  @AfterAll
  static void stopServers() throws IOException {
    postgres.close();
    broker.close();
  }

  /** Files to a topic on the DirectRunner, that topic to all sinks on Flink. */
  @Test
  void haveWhatTheReportCounts() throws Exception {
    Stream.of("flights", "bad_files", "out", "bad_messages")
        .forEach(topic -> broker.createTopic(topic, 2));
    createTable("flights");

    JsonNode files =
        run(
            "--input=" + file(),
            "--outputTopic=flights",
            "--outputKey=origin",
            "--deadLetterTopic=bad_files");
    assertThat(files.path("published").asInt(), is(FLIGHTS));
    assertThat(files.path("rejected").asInt(), is(BAD.size()));
    assertThat(values("flights"), hasSize(FLIGHTS));
    assertThat(values("bad_files"), containsInAnyOrder(BAD.toArray()));
    assertThat(keys("flights"), is(List.of("SFO")));

    send("flights", BAD);
    JsonNode messages =
        run(
            "--topic=flights",
            "--streaming",
            "--runner=FlinkRunner",
            "--until-idle=2s",
            "--checkpointingInterval=500",
            "--maxOutOfOrderness=36500d",
            "--outputTopic=out",
            "--deadLetterTopic=bad_messages",
            "--jdbcTable=flights",
            "--jdbcKey=" + COLUMNS,
            "--jdbcUrl=" + postgres.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", ""),
            "--jdbcUser=postgres");
    assertThat(messages.path("published").asInt(), is(FLIGHTS));
    assertThat(messages.path("rejected").asInt(), is(BAD.size()));
    assertThat(values("out"), containsInAnyOrder(values("flights", FLIGHTS).toArray()));
    assertThat(values("bad_messages"), containsInAnyOrder(BAD.toArray()));
    assertThat(headers("bad_messages", "millrace.runId"), is(List.of(runId(messages))));
    assertThat(count("flights"), is((long) FLIGHTS));
    assertThat("is in transactions", endOffsets("out"), greaterThan((long) FLIGHTS));
  }

  @Test
  void areRefusedOnceEachOnTheDirectRunner() {
    assertThat(
        refusal("--input=x", "--outputTopic=o", "--streaming", "--delivery=exactly-once"),
        is(
            "Invalid --delivery: exactly-once (expected at-least-once on this runner, which makes no checkpoints)\n"));
  }

  @Test
  void areRefusedWhereATopicIsMissing() throws IOException {
    assertThat(
        refusal("--input=" + file(), "--outputTopic=none"),
        is(
            "Cannot find topic none at %1$s: create it with: kafka-topics --create --topic none --bootstrap-server %1$s\n"
                .formatted(broker.bootstrapServers())));
  }

  private static String flight(int minute, int distance) {
    return "{\"date\":\"2001-01-02T%02d:%02d:00Z\",\"delay\":1,\"distance\":%d,\"origin\":\"SFO\",\"destination\":\"LAX\"}"
        .formatted(minute / 60, minute % 60, distance);
  }

  /** Flights, one of them twice, and what is rejected. */
  private Path file() throws IOException {
    List<String> lines = new ArrayList<>(BAD);
    IntStream.range(0, FLIGHTS).forEach(i -> lines.add(flight(i, 1 + i)));
    lines.add(lines.get(lines.size() - 1));
    return Files.write(folder.resolve("flights.ndjson"), lines);
  }

  private JsonNode run(String... more) throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = execute(out, err, more);
    assertThat(err.toString(), exitCode, is(0));
    return new ObjectMapper().readTree(out.toString());
  }

  private String refusal(String... more) {
    StringWriter err = new StringWriter();
    assertThat(execute(new StringWriter(), err, more) != 0, is(true));
    return err.toString();
  }

  private int execute(StringWriter out, StringWriter err, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "ingest",
                "--json",
                "--contract=" + CONTRACT,
                "--output=" + folder.resolve("out"),
                "--bootstrapServers=" + broker.bootstrapServers()));
    arguments.addAll(List.of(more));
    CommandLine millrace = Millrace.command();
    millrace.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return millrace.execute(arguments.toArray(String[]::new));
  }

  private static String runId(JsonNode report) {
    return report.findValue("runId").asText();
  }

  private static void createTable(String name) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table %s (date timestamptz, delay bigint, distance bigint, origin text, destination text, primary key (%s))"
              .formatted(name, COLUMNS));
    }
  }

  private static long count(String table) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void send(String topic, List<String> values) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (String value : values) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topic, bytes)).get();
      }
    }
  }

  private static List<String> values(String topic) {
    return messages(topic).stream().map(message -> text(message.value())).toList();
  }

  /** The values of which there are so many, without those that a test has sent after them. */
  private static List<String> values(String topic, int count) {
    List<String> values = new ArrayList<>(values(topic));
    BAD.forEach(values::remove);
    assertThat(values, hasSize(count));
    return values;
  }

  private static List<String> keys(String topic) {
    return messages(topic).stream().map(message -> text(message.key())).distinct().toList();
  }

  private static List<String> headers(String topic, String name) {
    return messages(topic).stream()
        .map(message -> text(message.headers().lastHeader(name).value()))
        .distinct()
        .toList();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** With the markers of transactions, which are no messages. */
  private static long endOffsets(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_uncommitted")) {
      return consumer.endOffsets(places(topic)).values().stream().mapToLong(end -> end).sum();
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> messages(String topic) {
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
      consumer.assign(places(topic));
      consumer.seekToBeginning(places(topic));
      long end = endOffsets(topic);
      while (places(topic).stream().mapToLong(consumer::position).sum() < end) {
        consumer.poll(Duration.ofSeconds(1)).forEach(messages::add);
      }
    }
    return messages;
  }

  private static List<TopicPartition> places(String topic) {
    return List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String isolation) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", isolation),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
