package dev.millrace.io.kafka;

import dev.millrace.io.WallClock;
import dev.millrace.io.files.LiveRead;
import dev.millrace.io.kafka.StreamSource.EventTimes;
import dev.millrace.record.RawBlock;
import java.time.Clock;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;

/**
 * Reads a Kafka topic as blocks of many messages: as it goes on, unbounded; {@link ReadKafkaSlice}
 * is the bounded sibling. Values are the records, not yet looked into; when each was published, its
 * key and its headers are in its {@link dev.millrace.record.Envelope}. The source of a record is
 * {@code topic/partition}, its offset that of the message. Within a partition, messages come in
 * their order.
 *
 * <p>Messages of transactions come when these are committed, those of aborted ones never. Messages
 * without a value come as tombstones, which decoding rejects. Offsets that are to be read and are
 * not there any more fail the run, as does a topic that is deleted, even if it is made anew.
 *
 * <p><b>Start.</b> In every partition where {@link #startingAt} says, as it was at launch; after a
 * failure, after the last block of the checkpoint. Partitions that are added to the topic while it
 * is read are noticed within 30 seconds and read from their beginnings. The partitions are shared
 * among as many readers as the runner has at launch: a job that goes on with a greater parallelism
 * keeps them.
 *
 * <p><b>Watermark.</b> Of a partition, the latest event time of what was read, as {@link
 * #withEventTimes} finds it, less {@link #withMaxOutOfOrderness}. A time that is ahead of the clock
 * by more than {@link #withMaxClockSkew} moves it no further than that. A partition of which no
 * message came for {@link #withIdleness}, even not a first one, and which holds none that waits for
 * the end of a transaction, is taken to be complete up to now. The watermark of a reader is the
 * least of its partitions, and never goes back. Blocks have as their timestamp the watermark before
 * them.
 *
 * <p><b>End.</b> None, unless {@link #untilIdle} is set: then the watermark goes to the end of time
 * when no message came for so long, and with it the pipeline. A broker that doesn't answer is not
 * idle.
 *
 * <p><b>Group.</b> The reader joins none. {@link #withGroup} has offsets committed to one after
 * each checkpoint, for others to see the progress: where a job goes on is in its checkpoints.
 *
 * <p>At launch, {@code expand} asks the cluster for the topic; no broker, no such topic and no
 * right to read it are told then, in one line. A cluster that stops to answer later is waited for,
 * up to twenty minutes.
 *
 * <p>Cost: an element is a block of up to 128 KB of messages of one schema, so a runner handles
 * few. Values are copied once, keys and headers too; nothing is decoded but what {@link
 * #withEventTimes} looks at.
 */
public final class ReadKafka extends PTransform<PBegin, PCollection<RawBlock>> implements LiveRead {
  private static final long serialVersionUID = 1L;

  private final Topic topic;

  /** Null where values are JSON. */
  private final SchemaRegistry registry;

  private final TopicStart start;
  private final EventTimes times;

  /** Null for never. */
  private final Duration untilIdle;

  private final Clock clock;

  private ReadKafka(
      Topic topic,
      SchemaRegistry registry,
      TopicStart start,
      EventTimes times,
      Duration untilIdle,
      Clock clock) {
    this.topic = topic;
    this.registry = registry;
    this.start = start;
    this.times = times;
    this.untilIdle = untilIdle;
    this.clock = clock;
  }

  /** Reads a topic from its beginning, for ever. */
  public static ReadKafka topic(KafkaConnection connection, String topic) {
    EventTimes times =
        new EventTimes(
            block -> BoundedWindow.TIMESTAMP_MIN_VALUE,
            Duration.ZERO,
            Duration.ofMinutes(1),
            Duration.ofMinutes(1));
    return new ReadKafka(
        new Topic(connection, topic, null),
        null,
        TopicStart.earliest(),
        times,
        null,
        WallClock.utc());
  }

  /**
   * Reads values that are Avro, each behind the id of its schema in a registry (Confluent's wire
   * format), and not JSON.
   */
  public ReadKafka withAvro(SchemaRegistry registry) {
    return new ReadKafka(topic, registry, start, times, untilIdle, clock);
  }

  /** Where to begin; with the first message that is there unless set. */
  public ReadKafka startingAt(TopicStart start) {
    return new ReadKafka(topic, registry, start, times, untilIdle, clock);
  }

  /** The consumer group under which the progress is shown. */
  public ReadKafka withGroup(String group) {
    return new ReadKafka(topic.withGroup(group), registry, start, times, untilIdle, clock);
  }

  /**
   * Finds the latest event time in a block, or the earliest timestamp there is if it has none. A
   * time that isn't plausible should not be among them. Without this, only idleness moves the
   * watermark.
   */
  public ReadKafka withEventTimes(SerializableFunction<RawBlock, Instant> latest) {
    return with(
        new EventTimes(latest, times.maxOutOfOrderness(), times.maxClockSkew(), times.idleness()));
  }

  /** How far the watermark stays behind the latest event time; zero unless set. */
  public ReadKafka withMaxOutOfOrderness(Duration behind) {
    zeroOrMore("maxOutOfOrderness", behind);
    return with(new EventTimes(times.latest(), behind, times.maxClockSkew(), times.idleness()));
  }

  /** How far ahead of the clock an event time may move the watermark; a minute unless set. */
  public ReadKafka withMaxClockSkew(Duration ahead) {
    zeroOrMore("maxClockSkew", ahead);
    return with(new EventTimes(times.latest(), times.maxOutOfOrderness(), ahead, times.idleness()));
  }

  /**
   * After how long without a message a partition isn't waited for any more; a minute unless set.
   * What comes later and happened before is late. Where messages of old are published again, with
   * pauses, it should be longer than those.
   */
  public ReadKafka withIdleness(Duration idleness) {
    positive("idleness", idleness);
    return with(
        new EventTimes(times.latest(), times.maxOutOfOrderness(), times.maxClockSkew(), idleness));
  }

  /** Ends when no message came for so long since the last one was read. */
  public ReadKafka untilIdle(Duration idle) {
    positive("untilIdle", idle);
    return new ReadKafka(topic, registry, start, times, idle, clock);
  }

  /** With another clock to wait by. */
  ReadKafka withClock(Clock clock) {
    return new ReadKafka(topic, registry, start, times, untilIdle, clock);
  }

  private ReadKafka with(EventTimes times) {
    return new ReadKafka(topic, registry, start, times, untilIdle, clock);
  }

  private static void positive(String name, Duration value) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (expected 1ms or more)".formatted(name, value));
    }
  }

  private static void zeroOrMore(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (expected zero or more)".formatted(name, value));
    }
  }

  @Override
  public PCollection<RawBlock> expand(PBegin input) {
    return input.apply("Read", Read.from(source())).setCoder(RawBlock.BlockCoder.of());
  }

  /**
   * The same, from the offsets where the start is now: asked for here, and not again when the
   * pipeline is built.
   */
  public ReadKafka fixed() {
    checkGroup();
    try (TopicOffsets offsets = TopicOffsets.open(topic)) {
      return startingAt(TopicStart.at(start.in(offsets, offsets.layout().numbers())));
    }
  }

  /**
   * The first offset to be read of each partition, by the source of its records.
   *
   * @throws IllegalStateException if it isn't {@link #fixed}
   */
  public SortedMap<String, Long> starts() {
    SortedMap<String, Long> starts = new TreeMap<>();
    start.offsets().forEach((number, offset) -> starts.put(topic.source(number), offset));
    return starts;
  }

  private void checkGroup() {
    if (start.kind() == TopicStart.Kind.COMMITTED && topic.group() == null) {
      throw new IllegalArgumentException("Missing required value: group, to start at committed");
    }
  }

  /** The source, with the partitions that there are now. */
  @Override
  public StreamSource source() {
    checkGroup();
    ValueFormat format = ValueFormat.of(registry, clock);
    format.check();
    try (TopicOffsets offsets = TopicOffsets.open(topic)) {
      TopicOffsets.Layout layout = offsets.layout();
      return new StreamSource(
          new StreamSource.Config(topic, layout.id(), format, times, untilIdle, clock),
          start.in(offsets, layout.numbers()));
    }
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    topic.populateDisplayData(builder);
    ValueFormat.of(registry, clock).populateDisplayData(builder);
    builder
        .add(DisplayData.item("startingAt", start.toString()))
        .add(DisplayData.item("maxOutOfOrderness", times.maxOutOfOrderness().toString()))
        .add(DisplayData.item("maxClockSkew", times.maxClockSkew().toString()))
        .add(DisplayData.item("idleness", times.idleness().toString()))
        .add(DisplayData.item("untilIdle", untilIdle == null ? "never" : untilIdle.toString()));
  }
}
