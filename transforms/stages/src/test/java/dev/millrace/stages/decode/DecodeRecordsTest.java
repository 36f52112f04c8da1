package dev.millrace.stages.decode;

import static dev.millrace.record.RejectReason.MALFORMED;
import static dev.millrace.record.RejectReason.MISSING_FIELD;
import static dev.millrace.record.RejectReason.WRONG_TYPE;
import static dev.millrace.testing.Elements.assertElements;
import static dev.millrace.testing.RecordMatchers.hasOriginal;
import static dev.millrace.testing.RecordMatchers.hasValue;
import static dev.millrace.testing.RecordMatchers.rejectedFor;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.Envelope;
import dev.millrace.record.MessagePacker;
import dev.millrace.record.Outcome;
import dev.millrace.record.RawBlock;
import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Rejected;
import dev.millrace.record.Violation;
import dev.millrace.testing.PipelineExtension;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Reify;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PipelineExtension.class)
class DecodeRecordsTest {
  private static final Violation TOMBSTONE =
      new Violation(
          RejectReason.TOMBSTONE, "", "", "Cannot read record: a message without a value");
  private static final String FIRST = "{\"id\":\"a\",\"at\":\"2001-01-15T07:30:00Z\"}";
  private static final String SECOND = "{\"id\":\"b\",\"at\":\"2001-01-14T00:00:00Z\",\"delay\":3}";
  private static final String BAD = "{\"id\":7}";
  private static final String GARBAGE = "\u0000garbage";

  private static PCollection<RawBlock> blocks(Pipeline pipeline, RawBlock... blocks) {
    return pipeline.apply("Blocks", Create.of(List.of(blocks)).withCoder(RawBlock.BlockCoder.of()));
  }

  private static <T> PCollection<String> timestamps(String name, PCollection<T> elements) {
    return elements
        .apply("Reify " + name, Reify.timestamps())
        .apply(
            "Timestamps " + name,
            MapElements.into(TypeDescriptors.strings())
                .via((TimestampedValue<T> element) -> element.getTimestamp().toString()));
  }

  @Test
  void passesOrRejectsEveryRecord(TestPipeline pipeline) {
    Outcome<Record> outcome =
        blocks(
                pipeline,
                RawBlock.ofLines("one", FIRST, BAD, SECOND),
                RawBlock.ofLines("two", GARBAGE, FIRST),
                RawBlock.ofLines("none"))
            .apply("Decode", DecodeRecords.against(Contracts.flights()));
    assertElements(
        outcome.passed(),
        () -> containsInAnyOrder(hasValue("id", "a"), hasValue("delay", 3L), hasValue("id", "a")));
    assertElements(
        outcome.rejected(),
        () ->
            containsInAnyOrder(
                allOf(rejectedFor(WRONG_TYPE, MISSING_FIELD), hasOriginal(BAD)),
                allOf(rejectedFor(MALFORMED), hasOriginal(GARBAGE))));
    assertThat(counters(pipeline.run()), is(Map.of("records_decoded", 3L, "records_rejected", 2L)));
  }

  private static Map<String, Long> counters(PipelineResult result) {
    result.waitUntilFinish();
    MetricsFilter filter =
        MetricsFilter.builder().addNameFilter(MetricNameFilter.inNamespace("decode")).build();
    Map<String, Long> counters = new TreeMap<>();
    result
        .metrics()
        .queryMetrics(filter)
        .getCounters()
        .forEach(counter -> counters.put(counter.getName().getName(), counter.getAttempted()));
    return counters;
  }

  @Test
  void givesRecordsTheirEventTimeAndRejectsThatOfTheirBlock(TestPipeline pipeline) {
    Outcome<Record> outcome =
        blocks(pipeline, RawBlock.ofLines("one", FIRST, BAD, SECOND))
            .apply("Decode", DecodeRecords.against(Contracts.flights()));
    assertElements(
        timestamps("passed", outcome.passed()),
        () -> containsInAnyOrder("2001-01-15T07:30:00.000Z", "2001-01-14T00:00:00.000Z"));
    assertElements(
        timestamps("rejected", outcome.rejected()),
        () -> contains(BoundedWindow.TIMESTAMP_MIN_VALUE.toString()));
    pipeline.run();
  }

  @Test
  void letsRecordsBeEarlierThanTheirBlockInAStream(TestPipeline pipeline) {
    Instant arrival = Instant.parse("2001-01-20T00:00:00Z");
    PCollection<RawBlock> stream =
        pipeline.apply(
            "Stream",
            TestStream.create(RawBlock.BlockCoder.of())
                .advanceWatermarkTo(arrival)
                .addElements(
                    TimestampedValue.of(RawBlock.ofLines("topic-0", FIRST, GARBAGE), arrival))
                .advanceWatermarkToInfinity());
    Outcome<Record> outcome = stream.apply("Decode", DecodeRecords.against(Contracts.flights()));
    assertElements(
        timestamps("passed", outcome.passed()), () -> contains("2001-01-15T07:30:00.000Z"));
    assertElements(
        timestamps("rejected", outcome.rejected()), () -> contains("2001-01-20T00:00:00.000Z"));
    pipeline.run();
  }

  @Test
  void keepsOriginalsOnlyIfAskedTo(TestPipeline pipeline) {
    PCollection<RawBlock> blocks = blocks(pipeline, RawBlock.ofLines("one", BAD, SECOND));
    DecodeRecords decode = DecodeRecords.against(Contracts.flights());
    Outcome<Record> without = blocks.apply("Without", decode);
    Outcome<Record> with = blocks.apply("With", decode.keepingOriginals());
    assertElements(originals("without", without.passed()), () -> contains("none"));
    assertElements(originals("with", with.passed()), () -> contains(SECOND));
    assertElements(with.rejected(), () -> contains(hasOriginal(BAD)));
    pipeline.run();
  }

  private static PCollection<String> originals(String name, PCollection<Record> records) {
    return records.apply(
        "Originals " + name,
        MapElements.into(TypeDescriptors.strings())
            .via(
                (Record record) ->
                    record.hasOriginal()
                        ? new String(record.original(), StandardCharsets.UTF_8)
                        : "none"));
  }

  @Test
  void namesItsCoders(TestPipeline pipeline) {
    Outcome<Record> outcome =
        blocks(pipeline, RawBlock.ofLines("none"))
            .apply("Decode", DecodeRecords.against(Contracts.flights()));
    assertThat(outcome.passed().getCoder(), equalTo(RecordCoder.of(Contracts.flights().schema())));
    assertThat(outcome.rejected().getCoder(), equalTo(Rejected.RejectedCoder.of()));
    assertThat(outcome.passed().getTypeDescriptor(), equalTo(TypeDescriptor.of(Record.class)));
    pipeline.run();
  }

  @Test
  void rejectsAPieceOfALineWhateverItLooksLike(TestPipeline pipeline) {
    RawBlock piece = RawBlock.ofLines("a.ndjson", FIRST).asPiece();
    Outcome<Record> outcome =
        blocks(pipeline, piece).apply("Decode", DecodeRecords.against(Contracts.flights()));

    assertElements(outcome.passed(), () -> empty());
    assertElements(
        outcome.rejected(),
        () ->
            contains(
                Rejected.of(
                    "decode",
                    new Violation(
                        RejectReason.TOO_LONG,
                        "",
                        "",
                        "Cannot read record: a piece of a line that is too long"),
                    RawBlock.ofLines("a.ndjson", FIRST).raw(0))));
    pipeline.run();
  }

  @Test
  void rejectsAMessageWithoutAValueAndKeepsEnvelopes(TestPipeline pipeline) {
    Outcome<Record> outcome =
        blocks(pipeline, messages())
            .apply("Decode", DecodeRecords.against(Contracts.flights()).keepingOriginals());

    PCollection<Rejected> again =
        outcome
            .passed()
            .apply(
                MapElements.into(TypeDescriptor.of(Rejected.class))
                    .via(record -> Rejected.of("later", TOMBSTONE, record.raw())))
            .setCoder(Rejected.RejectedCoder.of());
    assertElements(again, () -> contains(Rejected.of("later", TOMBSTONE, messages().raw(0))));
    assertElements(
        outcome.rejected(),
        () ->
            containsInAnyOrder(
                Rejected.of("decode", TOMBSTONE, messages().raw(1)),
                Rejected.of(
                    "decode",
                    new Violation(RejectReason.MALFORMED, "", "", "Expected '{' at byte 0"),
                    messages().raw(2))));
    pipeline.run();
  }

  private static RawBlock messages() {
    Envelope keyed = Envelope.of(OptionalLong.of(1), new byte[] {1}, List.of());
    Envelope deleting = Envelope.ofTombstone(OptionalLong.of(2), new byte[] {1}, List.of());
    MessagePacker packer = new MessagePacker("events/0");
    packer.add(0, keyed, FIRST.getBytes(StandardCharsets.UTF_8));
    packer.add(7, deleting, null);
    packer.add(9, keyed, ("\ufeff" + FIRST).getBytes(StandardCharsets.UTF_8));
    return packer.take();
  }

  @Test
  void leavesRecordsTheTimeOfReadingIfAsked(TestPipeline pipeline) {
    Instant read = Instant.parse("2001-02-03T04:05:06Z");
    PCollection<Instant> timestamps =
        pipeline
            .apply(
                Create.timestamped(TimestampedValue.of(RawBlock.ofLines("in", FIRST), read))
                    .withCoder(RawBlock.BlockCoder.of()))
            .apply("Decode", DecodeRecords.against(Contracts.flights()).withReadTimes())
            .passed()
            .apply("Reify", Reify.timestamps())
            .apply(
                MapElements.into(TypeDescriptor.of(Instant.class))
                    .via(TimestampedValue::getTimestamp));
    assertElements(timestamps, () -> contains(read));
    pipeline.run();
  }

  @Test
  void refusesBlocksInWindows() {
    PCollection<RawBlock> windowed =
        blocks(Pipeline.create(), RawBlock.ofLines("none"))
            .apply("Window", Window.into(FixedWindows.of(Duration.standardHours(1))));
    DecodeRecords decode = DecodeRecords.against(Contracts.flights());
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> windowed.apply("Decode", decode));
    assertThat(
        refused.getMessage(),
        is(
            "Invalid windowing of Window/Window.Assign.out: "
                + "FixedWindows (expected the global window: decode before windowing)"));
  }

  @Test
  void showsItsContract() {
    DisplayData data =
        DisplayData.from(DecodeRecords.against(Contracts.flights()).keepingOriginals());
    Map<String, Object> shown = new TreeMap<>();
    data.items().forEach(item -> shown.put(item.getKey(), item.getValue()));
    assertThat(
        shown,
        is(
            Map.of(
                "contract",
                "flights",
                "contractVersion",
                "1.0.0",
                "kept",
                "ORIGINALS",
                "readTimes",
                false)));
  }
}
