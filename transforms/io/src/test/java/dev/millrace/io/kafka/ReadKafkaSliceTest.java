package dev.millrace.io.kafka;

import static dev.millrace.io.kafka.Messages.connection;
import static dev.millrace.io.kafka.Messages.message;
import static dev.millrace.io.kafka.Messages.read;
import static dev.millrace.io.kafka.Messages.send;
import static dev.millrace.io.kafka.Messages.sendNumbers;
import static dev.millrace.io.kafka.Messages.shown;
import static dev.millrace.io.kafka.Messages.transactional;
import static dev.millrace.io.kafka.Messages.utf8;
import static dev.millrace.testing.Elements.assertElements;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasToString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.FakeClock;
import dev.millrace.io.InputException;
import dev.millrace.io.ReadException;
import dev.millrace.record.Envelope;
import dev.millrace.record.RawBlock;
import dev.millrace.record.RawRecord;
import dev.millrace.testing.PipelineExtension;
import dev.millrace.testing.broker.KafkaBroker;
import dev.millrace.testing.broker.SharedBroker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({SharedBroker.class, PipelineExtension.class})
class ReadKafkaSliceTest {
  private KafkaBroker broker;
  private String topic;

  @BeforeEach
  void name(KafkaBroker broker, TestInfo test) {
    this.broker = broker;
    this.topic = test.getTestMethod().orElseThrow().getName();
  }

  private ReadKafkaSlice slice() {
    return ReadKafkaSlice.topic(connection(broker), topic);
  }

  @Test
  void readsWhatIsThereAtLaunchAndNothingElse() throws Exception {
    broker.createTopic(topic, 3);
    send(broker, message(topic, 0, 1, "a"), message(topic, 2, 1, "b"), message(topic, 0, 2, "c"));
    SliceSource source = slice().source();
    send(broker, message(topic, 0, 3, "later"), message(topic, 1, 3, "later"));

    assertThat(
        shown(read(source)),
        containsInAnyOrder(topic + "/0@0: a", topic + "/0@1: c", topic + "/2@0: b"));
  }

  @Test
  void isBoundedInAPipeline(TestPipeline pipeline) {
    broker.createTopic(topic, 2);
    send(broker, message(topic, 0, 1, "a"), message(topic, 1, 1, "b"));
    PCollection<RawBlock> blocks = pipeline.apply("Read", slice());

    assertThat(blocks.isBounded(), is(IsBounded.BOUNDED));
    assertElements(
        blocks.apply(
            FlatMapElements.into(TypeDescriptors.strings())
                .via(block -> Messages.records(block).stream().map(Messages::text).toList())),
        () -> containsInAnyOrder("a", "b"));
    pipeline.run();
  }

  @Test
  void readsAnEmptyTopicToItsEnd(TestPipeline pipeline) throws Exception {
    broker.createTopic(topic, 2);
    assertThat(read(slice().source()), empty());
    assertElements(pipeline.apply("Read", slice()), () -> empty());
    pipeline.run();
  }

  @Test
  void takesWhatWasPublishedFromATimeUpToAnother() throws Exception {
    broker.createTopic(topic, 3);
    send(
        broker,
        message(topic, 0, 1_000, "0"),
        message(topic, 0, 2_000, "1"),
        message(topic, 0, 3_000, "2"),
        message(topic, 1, 500, "3"));
    Instant first = Instant.ofEpochMilli(1_500);
    Instant last = Instant.ofEpochMilli(3_000);

    assertThat(shown(read(slice().from(first).to(last).source())), contains(topic + "/0@1: 1"));
    assertThat(shown(read(slice().from(last).source())), contains(topic + "/0@2: 2"));
    assertThat(
        shown(read(slice().to(first).source())),
        containsInAnyOrder(topic + "/0@0: 0", topic + "/1@0: 3"));
    assertThat("after all", read(slice().from(Instant.ofEpochMilli(9_000)).source()), empty());
    assertThat("nothing between", read(slice().from(last).to(first).source()), empty());
  }

  @Test
  void endsWhereNoMessageIs() throws Exception {
    broker.createTopic(topic, 1);
    try (Producer<byte[], byte[]> producer = transactional(broker, topic)) {
      producer.beginTransaction();
      send(producer, message(topic, 0, 1, "committed"));
      producer.commitTransaction();
      producer.beginTransaction();
      send(producer, message(topic, 0, 2, "aborted"));
      send(producer, message(topic, 0, 3, "aborted"));
      producer.abortTransaction();
    }
    SliceSource source = slice().source();

    assertThat(source.slices(), contains(new OffsetSlice(0, 0, 5)));
    assertThat(shown(read(source)), contains(topic + "/0@0: committed"));
  }

  @Test
  void waitsForATransactionThatIsOpen() throws Exception {
    broker.createTopic(topic, 1);
    ExecutorService reading = Executors.newSingleThreadExecutor();
    try (Producer<byte[], byte[]> producer = transactional(broker, topic)) {
      producer.beginTransaction();
      send(producer, message(topic, 0, 1, "open"));
      send(broker, message(topic, 0, 2, "behind"));
      SliceSource source = slice().source();
      Future<List<RawRecord>> read = reading.submit(() -> read(source));
      producer.commitTransaction();

      assertThat(shown(read.get()), contains(topic + "/0@0: open", topic + "/0@1: behind"));
    } finally {
      reading.shutdownNow();
    }
  }

  @Test
  void givesUpOnATransactionThatNeverEnds() {
    broker.createTopic(topic, 1);
    try (Producer<byte[], byte[]> producer = transactional(broker, topic)) {
      producer.beginTransaction();
      send(producer, message(topic, 0, 1, "open"));
      SliceSource source = slice().withClock(FakeClock.ticking(600_000)).source();
      try (SliceReader reader = (SliceReader) source.createReader(null)) {
        ReadException e = assertThrows(ReadException.class, reader::start);
        assertThat(
            e.getMessage(),
            is(
                "Cannot read topic %s, partition 0 from offset 0: nothing came for 20 minutes (expected every transaction to end by then)"
                    .formatted(topic)));
      }
      producer.abortTransaction();
    }
  }

  @Test
  void failsWhereMessagesAreDeletedBeforeTheyAreRead() throws Exception {
    broker.createTopic(topic, 1);
    sendNumbers(broker, topic, 0, 10);
    SliceSource source = slice().source();
    try (Admin admin = broker.admin()) {
      admin
          .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(4)))
          .all()
          .get();
    }
    ReadException e = assertThrows(ReadException.class, () -> read(source));

    assertThat(
        e.getMessage(),
        is(
            "Cannot read topic %s, partition 0 from offset 0: the message is not there any more (expected one that is read before it is deleted)"
                .formatted(topic)));
    assertThat("at a new launch", read(slice().source()).size(), is(6));
  }

  @Test
  void failsWhereTheTopicIsNotThatOfTheLaunch() throws Exception {
    broker.createTopic(topic, 1);
    sendNumbers(broker, topic, 0, 10);
    SliceSource source = slice().source();
    broker.deleteTopic(topic);
    InputException gone = assertThrows(InputException.class, () -> read(source));
    assertThat(
        gone.getMessage(),
        is(
            "Cannot read topic %s: there is none of that name at %s"
                .formatted(topic, broker.bootstrapServers())));
    broker.createTopic(topic, 1);
    sendNumbers(broker, topic, 0, 10);
    ReadException other = assertThrows(ReadException.class, () -> read(source));
    assertThat(
        other.getMessage(),
        is("Cannot read topic %s: it was deleted and made anew after the launch".formatted(topic)));
  }

  @Test
  void givesMessagesAsTheyCame() throws Exception {
    broker.createTopic(topic, 1, Map.of("max.message.bytes", "" + (12 << 20)));
    byte[] large = new byte[10 << 20];
    large[large.length - 1] = 7;
    ProducerRecord<byte[], byte[]> odd =
        new ProducerRecord<>(topic, 0, 5L, new byte[] {0, -1}, new byte[0]);
    odd.headers()
        .add("é", new byte[] {-128, 10})
        .add("é", null)
        .add(new RecordHeader("", utf8("")));
    send(
        broker,
        odd,
        new ProducerRecord<>(topic, 0, 6L, new byte[] {1}, (byte[]) null),
        new ProducerRecord<>(topic, 0, 7L, null, large));

    List<RawRecord> records = read(slice().source());
    assertThat(
        records,
        contains(
            new RawRecord(
                topic + "/0",
                0,
                new byte[0],
                Envelope.of(
                    OptionalLong.of(5),
                    new byte[] {0, -1},
                    List.of(
                        new Envelope.Header("é", new byte[] {-128, 10}),
                        new Envelope.Header("é", null),
                        new Envelope.Header("", new byte[0])))),
            new RawRecord(
                topic + "/0",
                1,
                new byte[0],
                Envelope.ofTombstone(OptionalLong.of(6), new byte[] {1}, List.of())),
            new RawRecord(
                topic + "/0", 2, large, Envelope.of(OptionalLong.of(7), null, List.of()))));
  }

  @Test
  void readsPartsThatMeet() throws Exception {
    broker.createTopic(topic, 2);
    sendNumbers(broker, topic, 0, 45_000);
    sendNumbers(broker, topic, 1, 100);
    SliceSource source = slice().source();
    List<SliceSource> parts = source.split(1, PipelineOptionsFactory.create());

    assertThat(
        parts.stream().flatMap(part -> part.slices().stream()).toList(),
        contains(
            new OffsetSlice(0, 0, 22_500),
            new OffsetSlice(0, 22_500, 45_000),
            new OffsetSlice(1, 0, 100)));
    assertThat(read(source).stream().map(RawRecord::toString).distinct().count(), is(45_100L));
    assertThat(source.getEstimatedSizeBytes(null), is(45_100L * 256));
    assertThat(
        parts.get(2),
        hasToString("topic %s: [OffsetSlice[partition=1, from=0, to=100]]".formatted(topic)));
  }

  @Test
  void readsSlicesOneAfterTheOtherWhereTheyAreNotSplit() throws Exception {
    broker.createTopic(topic, 2);
    sendNumbers(broker, topic, 0, 3);
    sendNumbers(broker, topic, 1, 2);
    try (SliceReader reader = (SliceReader) slice().source().createReader(null)) {
      NoSuchElementException e = assertThrows(NoSuchElementException.class, reader::getCurrent);
      assertThat(e.getMessage(), is("Cannot read a block: there is none now"));
      assertThat(reader.start(), is(true));
      assertThat(reader.getCurrent().size(), is(3));
      assertThat(reader.advance(), is(true));
      assertThat(reader.getCurrent().size(), is(2));
      assertThat(reader.advance(), is(false));
    }
  }

  @Test
  void cutsSlicesIntoPartsOfAboutOneSize() {
    assertThat(
        new OffsetSlice(1, 10, 20).cut(3),
        contains(
            new OffsetSlice(1, 10, 14), new OffsetSlice(1, 14, 17), new OffsetSlice(1, 17, 20)));
    assertThat(new OffsetSlice(1, 10, 12).cut(3), contains(new OffsetSlice(1, 10, 12)));
  }

  @Test
  void showsWhatIsConfigured() {
    List<String> items =
        DisplayData.from(
                slice()
                    .from(Instant.parse("2001-01-01T00:00:00Z"))
                    .to(Instant.parse("2001-01-02T00:00:00Z")))
            .items()
            .stream()
            .map(item -> item.getKey() + "=" + item.getValue())
            .toList();
    assertThat(
        items,
        hasItems(
            "topic=" + topic,
            "bootstrapServers=" + broker.bootstrapServers(),
            "from=2001-01-01T00:00:00Z",
            "to=2001-01-02T00:00:00Z"));
  }
}
