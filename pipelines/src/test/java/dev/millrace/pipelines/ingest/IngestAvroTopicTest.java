package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.io.InputException;
import dev.millrace.io.ReadException;
import dev.millrace.testing.broker.KafkaBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.beam.sdk.Pipeline;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ingest --topic --format=avro}, with a real broker and a real schema registry. */
@Order(3)
class IngestAvroTopicTest {
  private static final String CONTRACT = "--contract=../testdata/flights/flights.odcs.yaml";
  private static final String AIRPORT =
      "{\"type\":\"enum\",\"name\":\"airport\",\"symbols\":[\"SFO\",\"LAX\"]}";

  /** Times as text, and the fields in the order of the contract. */
  private static final String FIRST =
      schema(
          "date:\"string\"",
          "delay:\"int\"",
          "distance:\"int\"",
          "origin:\"string\"",
          "destination:\"string\"");

  /** Times as numbers, other types, another order. */
  private static final String SECOND =
      schema(
          "distance:\"long\"",
          "delay:[\"null\",\"long\"]",
          "destination:\"string\"",
          "origin:\"string\"",
          "date:{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}");

  private static final AtomicInteger TOPICS = new AtomicInteger();

  private static KafkaBroker broker;
  private static ApicurioRegistry registry;

  @TempDir Path folder;
  private String topic;

  @BeforeAll
  static void startServers() throws IOException {
    broker = KafkaBroker.start();
    registry = ApicurioRegistry.start();
  }

  @AfterAll
  static void stopServers() {
    registry.close();
    broker.close();
  }

  @BeforeEach
  void makeTopic() {
    topic = "flights-" + TOPICS.incrementAndGet();
    broker.createTopic(topic, 1);
  }

  private static String schema(String... fields) {
    StringBuilder schema =
        new StringBuilder("{\"type\":\"record\",\"name\":\"flight\",\"fields\":[");
    for (String field : fields) {
      String[] parts = field.split(":", 2);
      schema.append("{\"name\":\"%s\",\"type\":%s},".formatted(parts[0], parts[1]));
    }
    schema.setLength(schema.length() - 1);
    return schema.append("]}").toString();
  }

  private static String flight(String date, int distance) {
    return "{\"date\":\"%s\",\"delay\":1,\"distance\":%s,\"origin\":\"SFO\",\"destination\":\"LAX\"}"
        .formatted(date, distance);
  }

  /** A message: what is before its datum, and the datum, by Avro's own library. */
  private static byte[] message(int id, String schema, String json) throws IOException {
    Schema writer = new Schema.Parser().parse(schema);
    Object datum =
        new GenericDatumReader<>(writer).read(null, DecoderFactory.get().jsonDecoder(writer, json));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<>(writer).write(datum, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static byte[] first(int id, String date, int distance) throws IOException {
    return message(id, FIRST, flight(date, distance));
  }

  private static byte[] second(int id, String date, int distance) throws IOException {
    String json =
        flight(date, distance)
            .replace("\"delay\":1", "\"delay\":{\"long\":1}")
            .replace('"' + date + '"', "" + Instant.parse(date).toEpochMilli());
    return message(id, SECOND, json);
  }

  private void send(byte[]... values) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (byte[] value : values) {
        producer.send(new ProducerRecord<>(topic, 0, 0L, null, value)).get();
      }
    }
  }

  private String[] options(String schemaRegistry, String... more) {
    String[] options = Arrays.copyOf(more, more.length + 5);
    options[more.length] = "--topic=" + topic;
    options[more.length + 1] = "--bootstrapServers=" + broker.bootstrapServers();
    options[more.length + 2] = CONTRACT;
    options[more.length + 3] = "--format=avro";
    options[more.length + 4] = "--schemaRegistry=" + schemaRegistry;
    return options;
  }

  private StagedOutput run(String... more) {
    return IngestRun.to(folder.resolve("run-" + more.length), options(registry.url(), more));
  }

  @Test
  void readsEachMessageByTheSchemaThatItWasWrittenWith() throws Exception {
    int one = registry.register("first", FIRST);
    int two = registry.register("second", SECOND);
    send(
        first(one, "2001-01-02T08:30:00Z", 1),
        first(one, "2001-01-02T09:30:00Z", 2),
        second(two, "2001-01-02T10:30:00Z", 3),
        first(one, "2001-01-02T11:30:00Z", 4),
        second(two, "2001-01-03T10:30:00Z", 5));
    Path file =
        Files.writeString(
            folder.resolve("a.ndjson"),
            String.join(
                "\n",
                flight("2001-01-02T08:30:00Z", 1),
                flight("2001-01-02T09:30:00Z", 2),
                flight("2001-01-02T10:30:00Z", 3),
                flight("2001-01-02T11:30:00Z", 4),
                flight("2001-01-03T10:30:00Z", 5)));
    StagedOutput ofFile = IngestRun.to(folder.resolve("file"), "--input=" + file, CONTRACT);

    assertThat(ofFile.rows("records"), hasSize(5));
    assertThat(run().rows("records"), is(ofFile.rows("records")));
    StagedOutput unbounded =
        run("--streaming", "--shards=1", "--untilIdle=200ms", "--maxOutOfOrderness=9000d");
    assertThat(unbounded.rows("records"), is(ofFile.rows("records")));
    assertThat(unbounded.counts(), is(ofFile.counts()));
  }

  @Test
  void readsSchemasThatReferToOthers() throws Exception {
    registry.register("airport", AIRPORT);
    String written =
        FIRST.replace("\"origin\",\"type\":\"string\"", "\"origin\",\"type\":\"airport\"");
    int id = registry.register("referring", written, "airport", "airport");
    String whole = written.replace("\"type\":\"airport\"", "\"type\":" + AIRPORT);
    send(message(id, whole, flight("2001-01-02T08:30:00Z", 1)));

    assertThat(run().rows("records"), hasSize(1));
  }

  @Test
  void quarantinesWhatIsNoMessageInAvroWithTheBytesAsTheyCame() throws Exception {
    int id = registry.register("first", FIRST);
    byte[] unknown = first(987_654, "2001-01-02T08:30:00Z", 1);
    byte[] tooShort = {0, 0, 0, 7};
    byte[] json = flight("2001-01-02T08:30:00Z", 1).getBytes(StandardCharsets.UTF_8);
    byte[] damaged = Arrays.copyOf(first(id, "2001-01-02T08:30:00Z", 1), 12);
    byte[] invalid = first(id, "2001-01-02T08:30:00Z", -1);
    byte[] good = first(id, "2001-01-02T08:30:00Z", 1);
    send(null, unknown, good, tooShort, json, damaged, invalid, null);

    StagedOutput output = run();
    assertThat(output.rows("records"), hasSize(1));
    assertThat(
        output.counts(),
        containsString(
            "\"rejected_by_reason\":{\"malformed\":3,\"out_of_range\":1,\"tombstone\":2,\"unknown_schema\":1}"));
    List<String> originals =
        output.quarantine().stream().filter(line -> !line.contains("tombstone")).toList();
    assertThat(
        originals.stream().map(IngestAvroTopicTest::original).toList(),
        containsInAnyOrder(hex(unknown), hex(tooShort), hex(json), hex(damaged), hex(invalid)));
    assertThat(
        Files.readString(
            folder.resolve("run-0/quarantine/reason=unknown_schema/part-00000.ndjson")),
        containsString("Cannot read record: the registry has no schema 987654"));
  }

  private static String original(String line) {
    String value = line.replaceFirst(".*\"original(Base64)?\":\"(.*)\"}", "$2");
    return hex(
        line.contains("originalBase64")
            ? Base64.getDecoder().decode(value)
            : unescaped(value).getBytes(StandardCharsets.UTF_8));
  }

  private static String unescaped(String text) {
    try {
      return new ObjectMapper().readValue('"' + text + '"', String.class);
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void waitsForARegistryThatIsOutOfService() throws Exception {
    int id = registry.register("first", FIRST);
    send(first(id, "2001-01-02T08:30:00Z", 1), first(id, "2001-01-02T09:30:00Z", 2));
    try (FrailRegistry frail = FrailRegistry.before(registry)) {
      Pipeline pipeline = IngestRun.build(folder.resolve("run"), options(frail.url()));
      CountDownLatch refused = frail.refuse(3);
      pipeline.run().waitUntilFinish();
      assertThat(refused.getCount(), is(0L));
    }
    StagedOutput output = new StagedOutput(folder.resolve("run"));
    assertThat(output.rows("records"), hasSize(2));
    assertThat(output.quarantine(), empty());
  }

  @Test
  void failsWhereTheRegistryIsOutOfServiceForLongerThanItMayBe() throws Exception {
    int id = registry.register("first", FIRST);
    send(first(id, "2001-01-02T08:30:00Z", 1));
    try (FrailRegistry frail = FrailRegistry.before(registry)) {
      String[] options = options(frail.url(), "--schemaRegistryRetryDeadline=300ms");
      Pipeline pipeline = IngestRun.build(folder.resolve("run"), options);
      frail.refuse(Integer.MAX_VALUE);
      ReadException failure =
          assertThrows(ReadException.class, () -> pipeline.run().waitUntilFinish());
      assertThat(
          failure.getMessage(),
          is(
              "Cannot reach the schema registry at %s: HTTP 503: it was tried for PT0.3S (schemaRegistryRetryDeadline)"
                  .formatted(frail.url())));
    }
  }

  @Test
  void isRefusedWhereNoRegistryAnswers() throws Exception {
    FrailRegistry gone = FrailRegistry.before(registry);
    gone.close();
    ReadException failure =
        assertThrows(ReadException.class, () -> IngestRun.build(folder, options(gone.url())));
    assertThat(
        failure.getMessage(),
        is(
            "Cannot reach the schema registry at %s: no connection: it was tried at launch"
                .formatted(gone.url())));

    String elsewhere = registry.url().replace("/apis/ccompat/v7", "/nothing");
    InputException refused =
        assertThrows(InputException.class, () -> IngestRun.build(folder, options(elsewhere)));
    assertThat(
        refused.getMessage(),
        is(
            "Cannot read schemas from %s/schemas/ids/0: HTTP 404 (expected the API of Confluent's schema registry there)"
                .formatted(elsewhere)));
  }
}
