package dev.millrace.io.kafka;

import static dev.millrace.io.kafka.Messages.connection;
import static dev.millrace.io.kafka.Messages.message;
import static dev.millrace.io.kafka.Messages.send;
import static dev.millrace.io.kafka.Messages.transactional;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasToString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.FakeClock;
import dev.millrace.io.InputException;
import dev.millrace.io.ReadException;
import dev.millrace.io.ShownMetrics;
import dev.millrace.record.RawBlock;
import dev.millrace.record.RawRecord;
import dev.millrace.testing.broker.KafkaBroker;
import dev.millrace.testing.broker.SharedBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(60)
class StreamReaderTest {
  private static final long NOW = 1_000_000;
  private static final long HALF_A_MINUTE = 30_000;

  private final FakeClock clock = new FakeClock();
  private KafkaBroker broker;
  private String topic;

  @BeforeEach
  void name(KafkaBroker broker, TestInfo test) {
    this.broker = broker;
    this.topic = test.getTestMethod().orElseThrow().getName();
    clock.advance(NOW);
  }

  private ReadKafka read() {
    return ReadKafka.topic(connection(broker), topic)
        .withEventTimes(StreamReaderTest::time)
        .withMaxOutOfOrderness(Duration.ofMillis(100))
        .withIdleness(Duration.ofSeconds(40))
        .withClock(clock);
  }

  @Test
  void hasTheWatermarkBeforeABlockAsItsTimestamp() throws Exception {
    broker.createTopic(topic, 1);
    try (StreamReader reader = reader(read())) {
      assertThat(reader.start(), is(false));
      assertThat(reader.getWatermark(), is(BoundedWindow.TIMESTAMP_MIN_VALUE));
      send(broker, message(topic, 0, 1, "5000"));
      assertThat(texts(reader, 1), contains("5000"));
      assertThat(reader.getWatermark(), is(Instant.ofEpochMilli(4_900)));
      send(broker, message(topic, 0, 2, "3000"));
      advance(reader);
      assertThat(reader.getCurrentTimestamp(), is(Instant.ofEpochMilli(4_900)));
      assertThat(reader.getWatermark(), is(Instant.ofEpochMilli(4_900)));
    }
  }

  @Test
  void passesOverAPartitionThatIsIdleEvenBeforeItsFirstMessage() {
    broker.createTopic(topic, 2);
    send(broker, message(topic, 0, 1, "5000"));
    try (StreamReader reader = reader(read())) {
      start(reader);
      assertThat("not yet", reader.getWatermark(), is(BoundedWindow.TIMESTAMP_MIN_VALUE));
      clock.advance(HALF_A_MINUTE);
      send(broker, message(topic, 0, 1, "6000"));
      advance(reader);
      assertThat("not yet", reader.getWatermark(), is(BoundedWindow.TIMESTAMP_MIN_VALUE));
      clock.advance(HALF_A_MINUTE);
      assertThat(reader.advance(), is(false));
      assertThat("the other is not idle", reader.getWatermark(), is(Instant.ofEpochMilli(5_900)));
      clock.advance(HALF_A_MINUTE);
      assertThat(reader.advance(), is(false));
      assertThat("both are", reader.getWatermark(), is(Instant.ofEpochMilli(NOW + 90_000 - 100)));
    }
  }

  @Test
  void takesNoPartitionForIdleWhereATransactionIsOpen() {
    broker.createTopic(topic, 1);
    try (Producer<byte[], byte[]> producer = transactional(broker, topic);
        StreamReader reader = reader(read().untilIdle(Duration.ofSeconds(1)))) {
      producer.beginTransaction();
      send(producer, message(topic, 0, 1, "5000"));
      assertThat(reader.start(), is(false));
      clock.advance(9 * HALF_A_MINUTE);
      assertThat(reader.advance(), is(false));
      assertThat(reader.getWatermark(), is(BoundedWindow.TIMESTAMP_MIN_VALUE));
      producer.commitTransaction();
      assertThat(texts(reader, 1), contains("5000"));
    }
  }

  @Test
  void endsWhenNothingCameForSoLong() {
    broker.createTopic(topic, 2);
    send(broker, message(topic, 0, 1, "10"));
    try (StreamReader reader = reader(read().untilIdle(Duration.ofSeconds(3)))) {
      start(reader);
      clock.advance(2_000);
      assertThat(reader.advance(), is(false));
      send(broker, message(topic, 1, 1, "20"));
      advance(reader);
      clock.advance(2_000);
      assertThat(reader.advance(), is(false));
      assertThat(reader.getWatermark(), is(BoundedWindow.TIMESTAMP_MIN_VALUE));
      clock.advance(1_000);
      assertThat(reader.advance(), is(false));
      assertThat(reader.getWatermark(), is(BoundedWindow.TIMESTAMP_MAX_VALUE));
      send(broker, message(topic, 1, 1, "30"));
      assertThat("after the end", reader.advance(), is(false));
    }
  }

  @Test
  void goesOnFromAnyCheckpointWithoutLosingOrRepeatingAMessage() throws Exception {
    broker.createTopic(topic, 1);
    for (int i = 0; i < 6; i++) {
      send(broker, message(topic, 0, 1, i + "x".repeat(100_000)));
    }
    StreamSource source = read().source();
    for (int stop = 0; stop <= 2; stop += 2) {
      List<String> seen = new ArrayList<>();
      StreamMark mark;
      try (StreamReader first = (StreamReader) source.createReader(null, null)) {
        start(first);
        seen.addAll(texts(first.getCurrent()));
        seen.addAll(texts(first, stop));
        mark = CoderUtils.clone(StreamMark.MarkCoder.of(), first.getCheckpointMark());
      }
      try (StreamReader second = (StreamReader) source.createReader(null, mark)) {
        start(second);
        seen.addAll(texts(second.getCurrent()));
        seen.addAll(texts(second, 6 - seen.size()));
      }
      assertThat("stopped after " + stop + " more", seen, contains("0", "1", "2", "3", "4", "5"));
    }
  }

  @Test
  void readsPartitionsThatAreAddedFromTheirBeginnings() throws Exception {
    broker.createTopic(topic, 2);
    send(broker, message(topic, 0, 1, "old"), message(topic, 1, 1, "old"));
    List<StreamSource> shares = read().startingAt(TopicStart.latest()).source().split(2, null);
    try (StreamReader even = (StreamReader) shares.get(0).createReader(null, null);
        StreamReader odd = (StreamReader) shares.get(1).createReader(null, null);
        Admin admin = broker.admin()) {
      assertThat(even.start(), is(false));
      assertThat(odd.start(), is(false));
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(5))).all().get();
      for (int partition = 2; partition < 5; partition++) {
        send(broker, message(topic, partition, 1, "in " + partition));
      }
      clock.advance(HALF_A_MINUTE);
      assertThat(texts(even, 2), containsInAnyOrder("in 2", "in 4"));
      assertThat(texts(odd, 1), contains("in 3"));
      assertThat(even.getCheckpointMark().partitions().size(), is(3));
    }
  }

  @Test
  void failsWhereItsTopicIsDeleted() throws Exception {
    broker.createTopic(topic, 1);
    try (StreamReader reader = reader(read())) {
      assertThat(reader.start(), is(false));
      broker.deleteTopic(topic);
      clock.advance(HALF_A_MINUTE);
      InputException gone = assertThrows(InputException.class, reader::advance);
      assertThat(
          gone.getMessage(),
          is(
              "Cannot read topic %s: there is none of that name at %s"
                  .formatted(topic, broker.bootstrapServers())));
      broker.createTopic(topic, 1);
      ReadException other = assertThrows(ReadException.class, reader::advance);
      assertThat(
          other.getMessage(),
          is(
              "Cannot read topic %s: it was deleted and made anew after the launch"
                  .formatted(topic)));
    }
  }

  @Test
  void commitsTheOffsetsOfFinalizedCheckpointsToItsGroup() throws Exception {
    broker.createTopic(topic, 1);
    send(broker, message(topic, 0, 1, "1"), message(topic, 0, 1, "2"));
    try (StreamReader reader = reader(read().withGroup("watchers"))) {
      start(reader);
      StreamMark mark = reader.getCheckpointMark();
      assertThat("before", committed("watchers"), is(Map.of()));
      mark.finalizeCheckpoint();
    }
    assertThat(
        committed("watchers"), is(Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(2))));
    send(broker, message(topic, 0, 1, "3"));
    ReadKafka next = read().withGroup("watchers").startingAt(TopicStart.committed());
    try (StreamReader reader = reader(next)) {
      start(reader);
      assertThat(texts(reader.getCurrent()), contains("3"));
    }
  }

  @Test
  void commitsNothingWithoutAGroup() {
    broker.createTopic(topic, 1);
    try (StreamReader reader = reader(read())) {
      reader.start();
      reader.getCheckpointMark().finalizeCheckpoint();
      assertThat(reader.advance(), is(false));
    }
  }

  @Test
  void startsWhereItIsTold() {
    broker.createTopic(topic, 2);
    send(broker, message(topic, 0, 1_000, "1"), message(topic, 0, 2_000, "2"));
    assertThat(read().source().starts(), is(Map.of(0, 0L, 1, 0L)));
    assertThat(starts("earliest"), is(Map.of(0, 0L, 1, 0L)));
    assertThat(starts("latest"), is(Map.of(0, 2L, 1, 0L)));
    assertThat(starts("1970-01-01T00:00:02Z"), is(Map.of(0, 1L, 1, 0L)));
    assertThat(starts("1970-01-01T00:00:03Z"), is(Map.of(0, 2L, 1, 0L)));
    ReadException nowhere =
        assertThrows(
            ReadException.class,
            () -> read().withGroup("new").startingAt(TopicStart.committed()).source());
    assertThat(
        nowhere.getMessage(),
        is(
            "Cannot start topic %s, partition 0 where group new left off: it has no offset there"
                .formatted(topic)));
    IllegalArgumentException alone =
        assertThrows(
            IllegalArgumentException.class,
            () -> read().startingAt(TopicStart.committed()).source());
    assertThat(alone.getMessage(), is("Missing required value: group, to start at committed"));
  }

  private Map<Integer, Long> starts(String text) {
    assertThat(TopicStart.parse(text), hasToString(text));
    return read().startingAt(TopicStart.parse(text)).source().starts();
  }

  @Test
  void sharesPartitionsAmongReaders() {
    broker.createTopic(topic, 3);
    StreamSource source = read().source();
    assertThat(
        source.split(2, null).stream().map(StreamSource::starts).toList(),
        contains(Map.of(0, 0L, 2, 0L), Map.of(1, 0L)));
    assertThat("no more than partitions", source.split(8, null).size(), is(3));
    assertThat(source, hasToString("topic %s: partitions [0, 1, 2]".formatted(topic)));
  }

  @Test
  void estimatesWhatWaits() {
    broker.createTopic(topic, 1);
    try (StreamReader reader = reader(read())) {
      assertThat(reader.start(), is(false));
      assertThat(reader.getSplitBacklogBytes(), is(-1L));
      send(broker, message(topic, 0, 1, "1"));
      advance(reader);
      assertThat(reader.getSplitBacklogBytes(), is(0L));
    }
  }

  @Test
  void showsHowFarItIsBehind() throws IOException {
    broker.createTopic(topic, 2);
    send(broker, message(topic, 0, NOW - 700, "5000"), message(topic, 0, NOW + 9, "6000"));
    send(broker, message(topic, 1, NOW - 40_000, "7000"));
    ShownMetrics shown = new ShownMetrics();
    try (StreamReader reader = reader(read())) {
      shown.keep(reader::start);
      assertThat("all bounds from the start", shown.count("latency."), is(12L));
      shown.keep(
          () -> {
            while (reader.getWatermark().isBefore(Instant.ofEpochMilli(5_900))) {
              reader.advance();
            }
            clock.advance(1_000);
            assertThat(reader.advance(), is(false));
          });
    }
    assertThat("since it was handed on", shown.value("latency.1000"), is(1L));
    assertThat("ahead of the clock", shown.value("latency.100"), is(1L));
    assertThat("as long as 41 s", shown.value("latency.60000"), is(1L));
    assertThat(shown.value("latency.above"), is(0L));
    assertThat(shown.value("watermark.millis"), is(5_900L));
    assertThat(shown.value("lag.0." + topic), is(0L));
    assertThat(shown.value("lag.1." + topic), is(0L));
  }

  @Test
  void showsMessagesThatWait() throws IOException {
    broker.createTopic(topic + ".v1", 1);
    for (int i = 0; i < 5; i++) {
      send(broker, message(topic + ".v1", 0, 1, "x".repeat(900_000)));
    }
    ShownMetrics shown = new ShownMetrics();
    ReadKafka read = ReadKafka.topic(connection(broker), topic + ".v1").withClock(clock);
    String name = "lag.0." + topic + "~v1";
    List<Long> lags = new ArrayList<>();
    try (StreamReader reader = reader(read)) {
      shown.keep(reader::start);
      while (lags.isEmpty() || lags.get(lags.size() - 1) > 0) {
        clock.advance(1_000);
        shown.keep(reader::advance);
        if (shown.value(name) != null) {
          lags.add(shown.value(name));
        }
      }
    }
    assertThat("more came than is fetched at once", lags.get(0), is(greaterThan(0L)));
  }

  @Test
  void hasNoBlockBeforeItIsStarted() {
    broker.createTopic(topic, 1);
    StreamReader reader = reader(read());
    NoSuchElementException block = assertThrows(NoSuchElementException.class, reader::getCurrent);
    assertThat(block.getMessage(), is("Cannot read a block: there is none now"));
    NoSuchElementException time =
        assertThrows(NoSuchElementException.class, reader::getCurrentTimestamp);
    assertThat(time.getMessage(), is("Cannot read a timestamp: there is no block now"));
    reader.close();
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(String group) throws Exception {
    try (Admin admin = broker.admin()) {
      return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    }
  }

  private static StreamReader reader(ReadKafka read) {
    return (StreamReader) read.source().createReader(null, null);
  }

  /** Goes to the next block: what was sent is there, but an answer may take more than one look. */
  private static void advance(StreamReader reader) {
    while (!reader.advance()) {
      assertThat(reader.getWatermark().isBefore(BoundedWindow.TIMESTAMP_MAX_VALUE), is(true));
    }
  }

  /** The next so many messages of a reader that was started and gave nothing. */
  private static List<String> texts(StreamReader reader, int count) {
    List<String> texts = new ArrayList<>();
    while (texts.size() < count) {
      advance(reader);
      texts.addAll(texts(reader.getCurrent()));
    }
    return texts;
  }

  /** Starts a reader, and goes to its first block: the cluster may take its time for that. */
  private static void start(StreamReader reader) {
    if (!reader.start()) {
      advance(reader);
    }
  }

  private static List<String> texts(RawBlock block) {
    return Messages.records(block).stream().map(StreamReaderTest::text).toList();
  }

  private static String text(RawRecord record) {
    return Messages.text(record).replaceAll("x+$", "");
  }

  private static Instant time(RawBlock block) {
    long latest = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
    for (String text : texts(block)) {
      latest = text.matches("\\d{4,9}") ? Math.max(latest, Long.parseLong(text)) : latest;
    }
    return Instant.ofEpochMilli(latest);
  }
}
