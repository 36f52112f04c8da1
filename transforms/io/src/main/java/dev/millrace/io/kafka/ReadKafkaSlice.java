package dev.millrace.io.kafka;

import dev.millrace.io.WallClock;
import dev.millrace.record.RawBlock;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads what a Kafka topic has at launch, or a part of it, as blocks of many messages: the bounded
 * sibling of {@link ReadKafka}, which says what is read of a message. Every element is in the
 * global window, at the minimum timestamp: event times are found out by decoding.
 *
 * <p>The slice becomes one of offsets in each partition when {@code expand} is called, and exactly
 * these are read, by as many readers as the runner has: parts of 20,000 to 200,000 offsets. What is
 * published meanwhile is not in it. A partition without messages in the slice gives none.
 *
 * <p>A time is one of publishing: that of the message, as its producer set it, or of the broker,
 * where the topic is set up so. A slice from a time begins with the first message of that time or
 * later, and one to a time ends before the first of that time or later. So slices that meet at a
 * time leave nothing out and have nothing twice, in whatever order their messages lie; but a
 * message that was published late, with an earlier time than those before it, may be in a later
 * slice. Slices by event time are for {@code SelectInterval} to take, out of a slice here that is
 * wide enough.
 *
 * <p>A slice that ends among messages of an open transaction is waited for until that ends, up to
 * twenty minutes. Offsets in it that are deleted before they were read fail the run.
 */
public final class ReadKafkaSlice extends PTransform<PBegin, PCollection<RawBlock>> {
  private static final long serialVersionUID = 1L;

  private final Topic topic;

  /** Null where values are JSON. */
  private final SchemaRegistry registry;

  private final TopicStart from;
  private final TopicStart to;
  private final Clock clock;

  private ReadKafkaSlice(
      Topic topic, SchemaRegistry registry, TopicStart from, TopicStart to, Clock clock) {
    this.topic = topic;
    this.registry = registry;
    this.from = from;
    this.to = to;
    this.clock = clock;
  }

  /** Reads all that a topic has. */
  public static ReadKafkaSlice topic(KafkaConnection connection, String topic) {
    return new ReadKafkaSlice(
        new Topic(connection, topic, null),
        null,
        TopicStart.earliest(),
        TopicStart.latest(),
        WallClock.utc());
  }

  /** Reads values that are Avro, by a registry: see {@link ReadKafka#withAvro}. */
  public ReadKafkaSlice withAvro(SchemaRegistry registry) {
    return new ReadKafkaSlice(topic, registry, from, to, clock);
  }

  /** From the first message that was published then or later. */
  public ReadKafkaSlice from(Instant time) {
    return new ReadKafkaSlice(topic, registry, TopicStart.publishedAt(time), to, clock);
  }

  /** Up to the first message that was published then or later, which is not read. */
  public ReadKafkaSlice to(Instant time) {
    return new ReadKafkaSlice(topic, registry, from, TopicStart.publishedAt(time), clock);
  }

  /** With another clock to wait by. */
  ReadKafkaSlice withClock(Clock clock) {
    return new ReadKafkaSlice(topic, registry, from, to, clock);
  }

  @Override
  public PCollection<RawBlock> expand(PBegin input) {
    return input.apply("Read", Read.from(source())).setCoder(RawBlock.BlockCoder.of());
  }

  /** The source, with the offsets that the slice has now. */
  SliceSource source() {
    ValueFormat format = ValueFormat.of(registry, clock);
    format.check();
    try (TopicOffsets offsets = TopicOffsets.open(topic)) {
      TopicOffsets.Layout layout = offsets.layout();
      Map<Integer, Long> starts = from.in(offsets, layout.numbers());
      Map<Integer, Long> ends = to.in(offsets, layout.numbers());
      List<OffsetSlice> slices = new ArrayList<>();
      starts.forEach(
          (number, start) -> slices.add(new OffsetSlice(number, start, ends.get(number))));
      return new SliceSource(new SliceSource.Config(topic, layout.id(), format, clock), slices);
    }
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    topic.populateDisplayData(builder);
    ValueFormat.of(registry, clock).populateDisplayData(builder);
    builder
        .add(DisplayData.item("from", from.toString()))
        .add(DisplayData.item("to", to.toString()));
  }
}
