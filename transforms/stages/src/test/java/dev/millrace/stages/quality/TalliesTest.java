package dev.millrace.stages.quality;

import static dev.millrace.stages.Flights.flight;
import static dev.millrace.stages.Flights.timed;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.Disposition;
import dev.millrace.record.Envelope;
import dev.millrace.record.MessagePacker;
import dev.millrace.record.Partitioning;
import dev.millrace.record.RawBlock;
import dev.millrace.record.RawRecord;
import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Rejected;
import dev.millrace.record.Tally;
import dev.millrace.record.Violation;
import dev.millrace.stages.Flights;
import dev.millrace.testing.PipelineExtension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PipelineExtension.class)
class TalliesTest {
  private static final RecordCoder CODER = RecordCoder.of(Flights.SCHEMA);

  @Test
  void countsAllRecordsTogether(TestPipeline pipeline) {
    PCollection<KV<Tally, Long>> tallies =
        records(pipeline).apply(TallyRecords.as(Disposition.DUPLICATE)).apply(Sum.longsPerKey());

    PAssert.that(tallies).containsInAnyOrder(List.of(KV.of(Tally.of(Disposition.DUPLICATE), 4L)));
    pipeline.run();
  }

  @Test
  void countsRecordsByPartition(TestPipeline pipeline) {
    PCollection<KV<Tally, Long>> tallies =
        records(pipeline)
            .apply(TallyRecords.as(Disposition.ACCEPTED).by(Partitioning.DAY))
            .apply(Sum.longsPerKey());

    PAssert.that(tallies)
        .containsInAnyOrder(List.of(tally("dt=2001-01-15", -1, 3), tally("dt=1969-12-31", -1, 1)));
    pipeline.run();
  }

  @Test
  void countsRecordsByPartitionAndHour(TestPipeline pipeline) {
    PCollection<KV<Tally, Long>> tallies =
        records(pipeline)
            .apply(TallyRecords.as(Disposition.ACCEPTED).by(Partitioning.DAY).hourly())
            .apply(Sum.longsPerKey());

    PAssert.that(tallies)
        .containsInAnyOrder(
            List.of(
                tally("dt=2001-01-15", 7, 2),
                tally("dt=2001-01-15", 8, 1),
                tally("dt=1969-12-31", 23, 1)));
    pipeline.run();
  }

  @Test
  void countsRecordsByHourlyPartition(TestPipeline pipeline) {
    PCollection<KV<Tally, Long>> tallies =
        records(pipeline)
            .apply(TallyRecords.as(Disposition.ACCEPTED).hourly().by(Partitioning.HOUR))
            .apply(Sum.longsPerKey());

    PAssert.that(tallies)
        .containsInAnyOrder(
            List.of(
                tally("dt=2001-01-15/hour=07", 7, 2),
                tally("dt=2001-01-15/hour=08", 8, 1),
                tally("dt=1969-12-31/hour=23", 23, 1)));
    pipeline.run();
  }

  @Test
  void countsRecordsByHourOfTheDay(TestPipeline pipeline) {
    PCollection<KV<Tally, Long>> tallies =
        records(pipeline)
            .apply(TallyRecords.as(Disposition.ACCEPTED).hourly())
            .apply(Sum.longsPerKey());

    PAssert.that(tallies)
        .containsInAnyOrder(List.of(tally("", 7, 2), tally("", 8, 1), tally("", 23, 1)));
    pipeline.run();
  }

  @Test
  void countsTheRecordsThatMatchEachCondition(TestPipeline pipeline) {
    PCollection<KV<Tally, Long>> tallies =
        records(pipeline)
            .apply(
                TallyMatches.of(
                    Map.of(
                        "all",
                        record -> true,
                        "none",
                        record -> false,
                        "old",
                        record -> record.eventTimeMillis() < 0)))
            .apply(Sum.longsPerKey());

    PAssert.that(tallies)
        .containsInAnyOrder(
            List.of(
                KV.of(new Tally(Disposition.FLAGGED, "all", "", -1), 4L),
                KV.of(new Tally(Disposition.FLAGGED, "old", "", -1), 1L)));
    pipeline.run();
  }

  @Test
  void countsEachWindowByItself(TestPipeline pipeline) {
    PCollection<KV<Tally, Long>> tallies =
        records(pipeline)
            .apply(Window.into(FixedWindows.of(Duration.standardHours(1))))
            .apply(TallyRecords.as(Disposition.PUBLISHED))
            .apply(Sum.longsPerKey());

    Tally published = Tally.of(Disposition.PUBLISHED);
    PAssert.that(tallies)
        .containsInAnyOrder(
            List.of(KV.of(published, 2L), KV.of(published, 1L), KV.of(published, 1L)));
    pipeline.run();
  }

  @Test
  void leavesWindowsThatOverlapAndCountsARecordForEach(TestPipeline pipeline) {
    PCollection<KV<Tally, Long>> tallies =
        records(pipeline)
            .apply(
                Window.into(
                    SlidingWindows.of(Duration.standardMinutes(2))
                        .every(Duration.standardMinutes(1))))
            .apply(TallyRecords.as(Disposition.PUBLISHED))
            .apply(Sum.longsPerKey());

    assertThat(tallies.getWindowingStrategy().getWindowFn(), is(new GlobalWindows()));
    PAssert.that(tallies).containsInAnyOrder(List.of(KV.of(Tally.of(Disposition.PUBLISHED), 8L)));
    pipeline.run();
  }

  @Test
  void countsUnboundedRecordsInParts(TestPipeline pipeline) {
    PCollection<KV<Tally, Long>> tallies =
        pipeline
            .apply(
                TestStream.create(CODER)
                    .addElements(timed(flight("07:00:00", 1, 0)), timed(flight("07:00:01", 2, 0)))
                    .advanceWatermarkTo(Flights.at("09:00:00"))
                    .addElements(timed(flight("07:00:02", 3, 0)))
                    .advanceWatermarkToInfinity())
            .apply(TallyRecords.as(Disposition.LATE));

    PAssert.that(tallies)
        .satisfies(
            parts -> {
              long sum = 0;
              for (KV<Tally, Long> part : parts) {
                assertThat(part.getKey(), is(Tally.of(Disposition.LATE)));
                sum += part.getValue();
              }
              assertThat(sum, is(3L));
              return null;
            });
    pipeline.run();
  }

  @Test
  void showsWhatBecameOfRecordsAsMetrics(TestPipeline pipeline) {
    PCollection<Record> records = records(pipeline);
    records.apply("Late", TallyRecords.as(Disposition.LATE).hourly());
    records.apply("Accepted", TallyRecords.as(Disposition.ACCEPTED));
    pipeline
        .apply(
            "Rejects",
            Create.of(
                    rejected(RejectReason.WRONG_TYPE, OptionalLong.of(0)),
                    rejected(RejectReason.WRONG_TYPE, OptionalLong.empty()))
                .withCoder(Rejected.RejectedCoder.of()))
        .apply("Rejected", TallyRejects.by(Partitioning.DAY));

    assertThat(
        shown(pipeline.run()), is(Map.of("records_late", 4L, "records_rejected.wrong_type", 2L)));
  }

  private static Map<String, Long> shown(PipelineResult result) {
    Map<String, Long> shown = new HashMap<>();
    result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder().addNameFilter(MetricNameFilter.inNamespace("millrace")).build())
        .getCounters()
        .forEach(counter -> shown.put(counter.getName().getName(), counter.getAttempted()));
    return shown;
  }

  @Test
  void countsTheRecordsOfBlocks(TestPipeline pipeline) {
    PCollection<KV<Tally, Long>> tallies =
        pipeline
            .apply(
                Create.of(RawBlock.ofLines("a", "{}", "{}"), RawBlock.ofLines("b", "{}"))
                    .withCoder(RawBlock.BlockCoder.of()))
            .apply(TallyBlocks.asRead())
            .apply(Sum.longsPerKey());

    PAssert.that(tallies).containsInAnyOrder(List.of(KV.of(Tally.of(Disposition.READ), 3L)));
    pipeline.run();
  }

  @Test
  void countsTheRecordsOfBlocksByTheirSource(TestPipeline pipeline) {
    PCollection<KV<Tally, Long>> tallies =
        pipeline
            .apply(
                Create.of(
                        RawBlock.ofLines("a", "{}", "{}"),
                        RawBlock.ofLines("b", "{}"),
                        message("flights/0", 17),
                        message("flights/0", 18),
                        message("flights/1", 0))
                    .withCoder(RawBlock.BlockCoder.of()))
            .apply(TallyBlocks.asRead().bySource(Map.of("flights/0", 17L)))
            .apply(Sum.longsPerKey());

    PAssert.that(tallies)
        .containsInAnyOrder(
            List.of(
                KV.of(read("files"), 3L),
                KV.of(read("flights/0 from offset 17"), 2L),
                KV.of(read("flights/1 from offset 0"), 1L)));
    pipeline.run();
  }

  private static RawBlock message(String source, long offset) {
    MessagePacker packer = new MessagePacker(source);
    packer.add(offset, Envelope.of(OptionalLong.empty(), null, List.of()), new byte[] {'{', '}'});
    return packer.take();
  }

  private static Tally read(String detail) {
    return new Tally(Disposition.READ, detail, "", -1);
  }

  @Test
  void countsNothingWithoutBlocks(TestPipeline pipeline) {
    PCollection<KV<Tally, Long>> tallies =
        pipeline
            .apply(Create.empty(RawBlock.BlockCoder.of()))
            .apply(TallyBlocks.asRead())
            .apply(Sum.longsPerKey());

    PAssert.that(tallies).empty();
    pipeline.run();
  }

  @Test
  void countsRejectsByReasonAndPartition(TestPipeline pipeline) {
    PCollection<KV<Tally, Long>> tallies =
        pipeline
            .apply(
                Create.of(
                        rejected(RejectReason.MALFORMED, OptionalLong.empty()),
                        rejected(RejectReason.WRONG_TYPE, OptionalLong.of(0)),
                        rejected(RejectReason.WRONG_TYPE, OptionalLong.of(-1)),
                        rejected(RejectReason.WRONG_TYPE, OptionalLong.of(5)))
                    .withCoder(Rejected.RejectedCoder.of()))
            .apply(TallyRejects.by(Partitioning.DAY))
            .apply(Sum.longsPerKey());

    PAssert.that(tallies)
        .containsInAnyOrder(
            List.of(
                KV.of(new Tally(Disposition.REJECTED, "malformed", "", -1), 1L),
                KV.of(new Tally(Disposition.REJECTED, "wrong_type", "dt=1970-01-01", -1), 2L),
                KV.of(new Tally(Disposition.REJECTED, "wrong_type", "dt=1969-12-31", -1), 1L)));
    pipeline.run();
  }

  @Test
  void countsRejectsOfOtherSlicesAsFilteredAndAcceptedOnce(TestPipeline pipeline) {
    PCollection<KV<Tally, Long>> tallies =
        pipeline
            .apply(
                Create.of(
                        rejected(RejectReason.MALFORMED, OptionalLong.empty()),
                        rejected(RejectReason.WRONG_TYPE, OptionalLong.of(0)),
                        rejected(RejectReason.CONFLICTING_KEY, OptionalLong.of(0)))
                    .withCoder(Rejected.RejectedCoder.of()))
            .apply(TallyRejects.by(Partitioning.DAY).ofOtherSlices())
            .apply(Sum.longsPerKey());

    PAssert.that(tallies)
        .containsInAnyOrder(
            List.of(
                KV.of(new Tally(Disposition.FILTERED, "", "", -1), 1L),
                KV.of(new Tally(Disposition.ACCEPTED, "", "", -1), 1L),
                KV.of(new Tally(Disposition.FILTERED, "", "dt=1970-01-01", -1), 2L),
                KV.of(new Tally(Disposition.ACCEPTED, "", "dt=1970-01-01", -1), 1L)));
    pipeline.run();
  }

  private static KV<Tally, Long> tally(String partition, int hour, long count) {
    return KV.of(new Tally(Disposition.ACCEPTED, "", partition, hour), count);
  }

  private static Rejected rejected(RejectReason reason, OptionalLong eventTime) {
    return new Rejected(
        "decode",
        List.of(new Violation(reason, "", "", "no")),
        new RawRecord("a", 0, new byte[0]),
        eventTime);
  }

  private static PCollection<Record> records(Pipeline pipeline) {
    return pipeline.apply(
        "Records",
        Create.timestamped(
                timed(flight("07:00:00", 1, 0)),
                timed(flight("07:59:59", 2, 0)),
                timed(flight("08:00:00", 3, 0)),
                timed(flight("1969-12-31T23:59:59.999Z", 4, 0)))
            .withCoder(CODER));
  }
}
