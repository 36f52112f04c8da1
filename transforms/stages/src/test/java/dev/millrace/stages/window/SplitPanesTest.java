package dev.millrace.stages.window;

import static dev.millrace.testing.Elements.assertElements;
import static dev.millrace.testing.RecordMatchers.hasValue;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.stages.Flights;
import dev.millrace.testing.PipelineExtension;
import java.util.List;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.TimestampedValue;
import org.hamcrest.Matcher;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PipelineExtension.class)
class SplitPanesTest {
  private static final RecordCoder CODER = RecordCoder.of(Flights.SCHEMA);
  private static final Windows HOURS =
      Windows.parse("1h").withAllowedLateness(Duration.standardHours(1));

  @Test
  void tellsTheLastResultOfEachWindowFromThoseBeforeIt(TestPipeline pipeline) {
    PaneSplit panes = split(pipeline, HOURS);
    assertElements(panes.last(), () -> containsInAnyOrder(count(3), count(1)));
    assertElements(
        panes.updates(), () -> containsInAnyOrder(update(2, 0, "on_time"), update(3, 1, "late")));
    pipeline.run();
  }

  @Test
  void findsAFirstResultLateWhoseRecordsAllCameLate(TestPipeline pipeline) {
    PaneSplit panes =
        pipeline
            .apply(
                TestStream.create(CODER)
                    .advanceWatermarkTo(at("08:10:00"))
                    .addElements(timed("07:30:00", 1))
                    .advanceWatermarkToInfinity())
            .apply(HOURS)
            .apply(Aggregate.by(List.of()))
            .apply(SplitPanes.create());
    assertElements(panes.last(), () -> contains(count(1)));
    assertElements(panes.updates(), () -> contains(update(1, 0, "late")));
    pipeline.run();
  }

  @Test
  void hasEarlyResultsWhereTheyAreAskedFor(TestPipeline pipeline) {
    PaneSplit panes = split(pipeline, HOURS.withEarlyFirings(Duration.standardMinutes(1)));
    assertElements(panes.last(), () -> containsInAnyOrder(count(3), count(1)));
    assertElements(
        panes.updates(),
        () ->
            containsInAnyOrder(
                update(1, 0, "early"), update(2, 1, "on_time"), update(3, 2, "late")));
    pipeline.run();
  }

  private static PaneSplit split(TestPipeline pipeline, Windows windows) {
    return pipeline
        .apply(
            TestStream.create(CODER)
                .addElements(timed("07:10:00", 1))
                .advanceProcessingTime(Duration.standardMinutes(2))
                .addElements(timed("07:20:00", 2))
                .advanceWatermarkTo(at("08:00:00"))
                .addElements(timed("07:30:00", 3))
                .advanceWatermarkTo(at("09:30:00"))
                .addElements(timed("09:40:00", 4))
                .advanceWatermarkToInfinity())
        .apply(windows)
        .apply(Aggregate.by(List.of()))
        .apply(SplitPanes.create());
  }

  @Test
  void findsEveryBoundedResultTheLast(TestPipeline pipeline) {
    PaneSplit panes =
        pipeline
            .apply(Create.timestamped(timed("07:10:00", 1)).withCoder(CODER))
            .apply(Windows.parse("1h"))
            .apply(Aggregate.by(List.of()))
            .apply(SplitPanes.create());
    assertElements(panes.last(), () -> contains(count(1)));
    assertElements(panes.updates(), () -> empty());
    pipeline.run();
  }

  @Test
  void refusesFiringsWithoutADelay() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> HOURS.withEarlyFirings(Duration.ZERO));
    assertThat(e.getMessage(), is("Invalid early firings: PT0S (expected 1ms or more)"));
  }

  private static Matcher<Record> count(long records) {
    return hasValue("count", records);
  }

  private static Matcher<Record> update(long records, long pane, String timing) {
    return allOf(count(records), hasValue("pane", pane), hasValue("timing", timing));
  }

  private static TimestampedValue<Record> timed(String time, long offset) {
    return TimestampedValue.of(Flights.flight(time, offset, 1), at(time));
  }

  private static Instant at(String time) {
    return Instant.parse("2001-01-15T" + time + "Z");
  }
}
