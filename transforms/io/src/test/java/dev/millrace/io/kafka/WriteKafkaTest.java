package dev.millrace.io.kafka;

import static dev.millrace.testing.Elements.assertElements;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.AllTypes;
import dev.millrace.io.Compression;
import dev.millrace.io.WriteException;
import dev.millrace.record.Disposition;
import dev.millrace.record.Envelope;
import dev.millrace.record.FieldType;
import dev.millrace.record.RawRecord;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.RecordSchema.Field;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Rejected;
import dev.millrace.record.Tally;
import dev.millrace.record.Violation;
import dev.millrace.testing.PipelineExtension;
import dev.millrace.testing.broker.KafkaBroker;
import dev.millrace.testing.broker.SharedBroker;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith({PipelineExtension.class, SharedBroker.class})
class WriteKafkaTest {
  private static final RecordSchema SCHEMA =
      RecordSchema.of(
          "event",
          Field.required("id", FieldType.INTEGER),
          Field.optional("name", FieldType.STRING));
  private static final Map<String, String> FOR_EVER = Map.of("retention.ms", "-1");

  private static Record event(long millis, long id, String name) {
    return new RecordBuilder(SCHEMA).set("id", id).set("name", name).build(millis, "file", id);
  }

  private static KafkaConnection connection(KafkaBroker broker) {
    return KafkaConnection.to(broker.bootstrapServers());
  }

  private static PCollection<Record> create(Pipeline pipeline, Record... records) {
    return pipeline.apply(
        "Create", Create.of(List.of(records)).withCoder(RecordCoder.of(records[0].schema())));
  }

  private static void assertTotal(
      PCollection<KV<Tally, Long>> written, Disposition disposition, int total) {
    String name = disposition.name();
    PCollection<String> each =
        written.apply(
            "Each",
            FlatMapElements.into(TypeDescriptors.strings())
                .via(
                    count ->
                        Stream.generate(() -> count.getKey().disposition().name())
                            .limit(count.getValue())
                            .toList()));
    assertElements(each, () -> is(Collections.nCopies(total, name)));
  }

  @Test
  void writesRecordsAsMessages(TestPipeline pipeline, KafkaBroker broker) {
    broker.createTopic("records", 1, FOR_EVER);
    PCollection<KV<Tally, Long>> written =
        create(pipeline, event(5, 1, "a"), event(-5, 2, null))
            .apply(
                "Write",
                WriteKafka.to(connection(broker), "records")
                    .withKey(List.of("name"))
                    .withHeaders(Map.of("contract", "events", "contractVersion", "1.0")));
    assertTotal(written, Disposition.PUBLISHED, 2);
    pipeline.run();
    assertThat(
        SentMessages.shownIn(broker, "records"),
        containsInAnyOrder(
            "5 a {\"id\":1,\"name\":\"a\"} contract=events contractVersion=1.0",
            "0 null {\"id\":2,\"name\":null} contract=events contractVersion=1.0"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "id; -1",
        "number; 1.0E10",
        "decimal; -12.50",
        "flag; true",
        "day; 1969-12-31",
        "opens; 07:30:00.000500",
        "at; 1969-12-31T23:59:59.999999Z",
        "tags; [\"a\",null,\"\"]",
        "flag,day; {\"flag\":true,\"day\":\"1969-12-31\"}",
      },
      ignoreLeadingAndTrailingWhitespace = true)
  void keysAreTextOrObjects(String fields, String key) {
    RecordEncoder encoder =
        new RecordEncoder(AllTypes.SCHEMA.indexes(List.of(fields.split(","))), Map.of());
    assertThat(new String(encoder.key(AllTypes.full()), StandardCharsets.UTF_8), is(key));
  }

  @Test
  void hasTextAsItIsForAKey() {
    RecordEncoder encoder = new RecordEncoder(new int[] {1}, Map.of());
    assertThat(encoder.key(event(0, 1, "a\"\né")), is(bytes("a\"\né")));
  }

  @Test
  void hasNoKeyWhereAFieldIsNull() {
    RecordEncoder encoder = new RecordEncoder(new int[] {0, 1}, Map.of());
    assertThat(encoder.key(event(0, 1, null)) == null, is(true));
    KafkaMessage withoutFields = new RecordEncoder(new int[0], Map.of()).encode(event(0, 1, "a"));
    assertThat(withoutFields.toTopic("t").key() == null, is(true));
  }

  @Test
  void writesRecordsOfTenMegabytes(TestPipeline pipeline, KafkaBroker broker) {
    broker.createTopic("large", 1, Map.of("max.message.bytes", "12000000", "retention.ms", "-1"));
    String large = "a".repeat(10 << 20);
    create(pipeline, event(0, 1, large))
        .apply(
            "Write", WriteKafka.to(connection(broker), "large").withCompression(Compression.NONE));
    pipeline.run();
    assertThat(
        SentMessages.in(broker, "large").get(0).value().length,
        is(large.length() + "{\"id\":1,\"name\":\"\"}".length()));
  }

  @Test
  void saysWhatToDoAboutARecordThatIsTooLarge(KafkaBroker broker) {
    broker.createTopic("small", 1, Map.of("max.message.bytes", "1000"));
    Pipeline pipeline = Pipeline.create();
    create(pipeline, event(0, 1, "a".repeat(2000)))
        .apply(
            "Write", WriteKafka.to(connection(broker), "small").withCompression(Compression.NONE));
    Throwable failure =
        assertThrows(PipelineExecutionException.class, () -> pipeline.run().waitUntilFinish())
            .getCause();
    assertThat(
        failure.getMessage(),
        is(
            "Cannot write to topic small at %s: The request included a message larger than the max message size the server will accept. (RecordTooLargeException): raise max.message.bytes of the topic, or limit the records in the contract"
                .formatted(broker.bootstrapServers())));
  }

  @Test
  void refusesATopicThatIsNotThere(KafkaBroker broker) {
    WriteException failure =
        assertThrows(
            WriteException.class,
            () ->
                create(Pipeline.create(), event(0, 1, "a"))
                    .apply(WriteKafka.to(connection(broker), "none")));
    assertThat(
        failure.getMessage(),
        is(
            "Cannot find topic none at %1$s: create it with: kafka-topics --create --topic none --bootstrap-server %1$s"
                .formatted(broker.bootstrapServers())));
  }

  @Test
  void saysThatNobodyAnswers() {
    KafkaConnection nowhere =
        KafkaConnection.to("127.0.0.1:1")
            .with("default.api.timeout.ms", "500")
            .with("request.timeout.ms", "500");
    WriteException failure =
        assertThrows(
            WriteException.class,
            () ->
                create(Pipeline.create(), event(0, 1, "a")).apply(WriteKafka.to(nowhere, "topic")));
    assertThat(
        failure.getMessage(), startsWith("Cannot write to topic topic at 127.0.0.1:1: Timed out"));
    assertThat(
        failure.getMessage(),
        containsString(
            "(TimeoutException): see whether the brokers are there, and can be reached from here"));
  }

  @Test
  void refusesExactlyOnceForWhatIsBounded(KafkaBroker broker) {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                create(Pipeline.create(), event(0, 1, "a"))
                    .apply(WriteKafka.to(connection(broker), "t").withExactlyOnce("run-1")));
    assertThat(
        failure.getMessage(),
        is(
            "Invalid delivery: EXACTLY_ONCE (expected AT_LEAST_ONCE for records that are bounded, since no checkpoint is made of them)"));
  }

  @Test
  void refusesWhatMakesNoSense() {
    KafkaConnection connection = KafkaConnection.to("host:9092");
    assertThat(message(() -> WriteKafka.to(connection, "")), is("Missing required value: topic"));
    WriteKafka sink = WriteKafka.to(connection, "t");
    assertThat(message(() -> sink.withExactlyOnce("")), is("Missing required value: sinkId"));
    assertThat(message(() -> sink.withShards(0)), is("Invalid shards: 0 (expected 1 to 1024)"));
    assertThat(
        message(() -> sink.withShards(1025)), is("Invalid shards: 1025 (expected 1 to 1024)"));
  }

  private static String message(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  @Test
  void showsWhatIsConfigured() {
    DisplayData shown =
        DisplayData.from(
            WriteKafka.to(KafkaConnection.to("host:9092"), "topic")
                .withKey(List.of("id", "name"))
                .withHeaders(Map.of("contract", "c"))
                .withCompression(Compression.GZIP)
                .withExactlyOnce("run-1")
                .withShards(3));
    assertThat(
        shown.items().stream().map(item -> item.getKey() + "=" + item.getValue()).sorted().toList(),
        contains(
            "bootstrapServers=host:9092",
            "compression=GZIP",
            "delivery=EXACTLY_ONCE",
            "header.contract=c",
            "key=id, name",
            "shards=3",
            "sinkId=run-1",
            "topic=topic"));
  }

  @Test
  void writesInTransactions(TestPipeline pipeline, KafkaBroker broker) {
    broker.createTopic("committed", 1, FOR_EVER);
    TestStream<Record> stream =
        TestStream.create(RecordCoder.of(SCHEMA))
            .addElements(event(5, 1, "a"), event(6, 2, "b"))
            .advanceWatermarkToInfinity();
    PCollection<KV<Tally, Long>> written =
        pipeline
            .apply("Records", stream)
            .apply(
                "Write",
                WriteKafka.to(connection(broker), "committed")
                    .withExactlyOnce("one")
                    .withShards(1));
    assertTotal(written, Disposition.PUBLISHED, 2);
    pipeline.run();
    assertThat(
        SentMessages.shownIn(broker, "committed"),
        containsInAnyOrder("5 null {\"id\":1,\"name\":\"a\"}", "6 null {\"id\":2,\"name\":\"b\"}"));
  }

  @Test
  void writesRejectsAsTheyCameWithReasonsInHeaders(TestPipeline pipeline, KafkaBroker broker) {
    broker.createTopic("dead", 1, FOR_EVER);
    Envelope envelope =
        Envelope.of(
            OptionalLong.of(7),
            bytes("key"),
            List.of(new Envelope.Header("trace", bytes("t")), new Envelope.Header("none", null)));
    Violation first =
        new Violation(RejectReason.OUT_OF_RANGE, "delay", "maximum: 720", "delay is 1000");
    Violation second = new Violation(RejectReason.MISSING_FIELD, "id", "required", "no id");
    Rejected message =
        new Rejected(
            "decode",
            List.of(first, second),
            new RawRecord("topic-0", 12, bytes("{\u00e9"), envelope),
            OptionalLong.of(Instant.parse("2001-01-15T00:00:00Z").toEpochMilli()));
    Rejected tombstone =
        Rejected.of(
            "decode",
            new Violation(RejectReason.TOMBSTONE, "", "", "no value"),
            new RawRecord(
                "topic-1",
                3,
                new byte[0],
                Envelope.ofTombstone(OptionalLong.of(8), bytes("gone"), List.of())));
    PCollection<KV<Tally, Long>> written =
        pipeline
            .apply("Create", Create.of(message, tombstone).withCoder(Rejected.RejectedCoder.of()))
            .apply(
                "Write",
                WriteDeadLetters.to(connection(broker), "dead")
                    .withContext(Map.of("contract", "flights", "runId", "r1")));
    assertTotal(written, Disposition.REJECTED, 2);
    pipeline.run();
    assertThat(
        SentMessages.shownIn(broker, "dead"),
        containsInAnyOrder(
            "7 key {é trace=t none=null millrace.id=%s millrace.stage=decode millrace.reason=out_of_range millrace.rule=maximum: 720 millrace.message=delay is 1000 millrace.path=delay millrace.violations=2 millrace.source=topic-0 millrace.offset=12 millrace.eventTime=2001-01-15T00:00:00Z millrace.contract=flights millrace.runId=r1"
                .formatted(message.id()),
            "8 gone null millrace.id=%s millrace.stage=decode millrace.reason=tombstone millrace.rule= millrace.message=no value millrace.path= millrace.violations=1 millrace.source=topic-1 millrace.offset=3 millrace.contract=flights millrace.runId=r1"
                .formatted(tombstone.id())));
  }

  @Test
  void writesRejectsOfFilesWithoutKeys(TestPipeline pipeline, KafkaBroker broker) {
    broker.createTopic("dead-lines", 1, FOR_EVER);
    Rejected line =
        Rejected.of(
            "decode",
            new Violation(RejectReason.MALFORMED, "", "", "not JSON"),
            new RawRecord("file.json", 0, bytes("{")));
    pipeline
        .apply("Create", Create.of(line).withCoder(Rejected.RejectedCoder.of()))
        .apply("Write", WriteDeadLetters.to(connection(broker), "dead-lines"));
    pipeline.run();
    assertThat(SentMessages.in(broker, "dead-lines"), hasSize(1));
    assertThat(
        SentMessages.shownIn(broker, "dead-lines").get(0), containsString(" null { millrace.id="));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
