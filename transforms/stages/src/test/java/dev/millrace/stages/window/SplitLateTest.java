package dev.millrace.stages.window;

import static dev.millrace.stages.Flights.at;
import static dev.millrace.stages.Flights.flight;
import static dev.millrace.stages.Flights.timed;
import static dev.millrace.testing.Elements.assertElements;
import static dev.millrace.testing.RecordMatchers.hasValue;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.stages.Flights;
import dev.millrace.testing.PipelineExtension;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Reify;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PipelineExtension.class)
class SplitLateTest {
  private static final RecordCoder CODER = RecordCoder.of(Flights.SCHEMA);

  @Test
  void setsRecordsApartThatAreBehindTheWatermarkByMoreThanAllowed(TestPipeline pipeline) {
    Record early = flight("08:00:00", 1, 0);
    Record atTheLimit = flight("07:50:00", 2, 0);
    Record beyond = flight("07:49:59.999", 3, 0);
    LateSplit split =
        pipeline
            .apply(
                TestStream.create(CODER)
                    .addElements(timed(early))
                    .advanceWatermarkTo(at("08:00:00"))
                    .addElements(timed(atTheLimit), timed(beyond))
                    .advanceWatermarkToInfinity())
            .apply(SplitLate.after(Duration.standardMinutes(10)));

    assertElements(
        split.onTime(), () -> containsInAnyOrder(hasValue("flight", 1L), hasValue("flight", 2L)));
    assertElements(split.late().orElseThrow(), () -> contains(hasValue("flight", 3L)));
    pipeline.run();
  }

  /** The second is behind what was read before it, whatever the watermark has got to here. */
  @Test
  void judgesByTheTimeOfReadingIfAsked(TestPipeline pipeline) {
    LateSplit split =
        pipeline
            .apply(
                TestStream.create(CODER)
                    .addElements(
                        TimestampedValue.of(flight("07:50:00", 1, 0), at("08:00:00")),
                        TimestampedValue.of(flight("07:49:59.999", 2, 0), at("08:00:00")))
                    .advanceWatermarkTo(at("09:00:00"))
                    .addElements(TimestampedValue.of(flight("07:50:00", 3, 0), at("07:00:00")))
                    .advanceWatermarkToInfinity())
            .apply(SplitLate.after(Duration.standardMinutes(10)).byReadTimes());

    assertElements(
        split.onTime(), () -> containsInAnyOrder(hasValue("flight", 1L), hasValue("flight", 3L)));
    assertElements(split.late().orElseThrow(), () -> contains(hasValue("flight", 2L)));
    pipeline.run();
  }

  @Test
  void stampsRecordsWithTheirEventTimesForWindows(TestPipeline pipeline) {
    PCollection<Instant> timestamps =
        pipeline
            .apply(
                Create.timestamped(TimestampedValue.of(flight("07:50:00", 1, 0), at("08:00:00")))
                    .withCoder(CODER))
            .apply(StampEventTimes.create())
            .apply(Reify.timestamps())
            .apply(
                MapElements.into(TypeDescriptor.of(Instant.class))
                    .via(TimestampedValue::getTimestamp));
    assertElements(timestamps, () -> contains(at("07:50:00")));
    pipeline.run();
  }

  @Test
  void showsHowItJudges() {
    DisplayData data = DisplayData.from(SplitLate.after(Duration.standardHours(1)).byReadTimes());
    assertThat(
        data.items().stream().map(item -> item.getKey() + "=" + item.getValue()).toList(),
        containsInAnyOrder("after=3600000", "byReadTimes=true"));
  }

  @Test
  void losesNothingInWindowsOfTheSameLateness(TestPipeline pipeline) {
    Duration lateness = Duration.standardMinutes(10);
    LateSplit split =
        pipeline
            .apply(
                TestStream.create(CODER)
                    .addElements(timed(flight("07:10:00", 1, 0)))
                    .advanceWatermarkTo(at("08:05:00"))
                    .addElements(timed(flight("07:58:00", 2, 0)), timed(flight("07:40:00", 3, 0)))
                    .advanceWatermarkTo(at("08:30:00"))
                    .addElements(timed(flight("07:59:00", 4, 0)))
                    .advanceWatermarkToInfinity())
            .apply("Split", SplitLate.after(lateness));
    PCollection<Record> counted =
        split
            .onTime()
            .apply("Windows", Windows.parse("1h").withAllowedLateness(lateness))
            .apply("Count", Aggregate.by(List.of()));

    // The last is said again when the lateness has passed.
    assertElements(
        counted,
        () ->
            containsInAnyOrder(
                hasValue("count", 1L), hasValue("count", 2L), hasValue("count", 2L)));
    assertElements(
        split.late().orElseThrow(),
        () -> containsInAnyOrder(hasValue("flight", 3L), hasValue("flight", 4L)));
    pipeline.run();
  }

  @Test
  void givesBoundedInputBackAsItIs(TestPipeline pipeline) {
    PCollection<Record> records =
        pipeline.apply(Create.of(flight("07:00:00", 1, 0)).withCoder(CODER));

    LateSplit split = records.apply(SplitLate.after(Duration.ZERO));

    assertThat(split.onTime(), sameInstance(records));
    assertThat(split.late(), is(Optional.empty()));
    pipeline.run();
  }

  @Test
  void refusesInputInOtherWindows() {
    PCollection<Record> windowed =
        Pipeline.create()
            .apply(TestStream.create(CODER).advanceWatermarkToInfinity())
            .apply(Window.into(FixedWindows.of(Duration.standardHours(1))));

    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class, () -> windowed.apply(SplitLate.after(Duration.ZERO)));
    assertThat(
        failure.getMessage(),
        containsString("(expected the global window: apply Windows after SplitLate)"));
  }

  @Test
  void refusesANegativeLateness() {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> SplitLate.after(Duration.millis(-1)));
    assertThat(
        failure.getMessage(), is("Invalid allowed lateness: PT-0.001S (expected zero or more)"));
  }
}
