package dev.millrace.stages.window;

import static dev.millrace.stages.Flights.at;
import static dev.millrace.stages.Flights.flight;
import static dev.millrace.testing.Elements.assertElements;
import static dev.millrace.testing.RecordMatchers.hasValue;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.stages.Flights;
import dev.millrace.testing.PipelineExtension;
import java.util.Optional;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PipelineExtension.class)
class SelectIntervalTest {

  @Test
  void keepsTheStartAndLeavesTheEndOut(TestPipeline pipeline) {
    Record before = flight("06:59:59.999", 1, 0);
    Record first = flight("07:00:00", 2, 0);
    Record last = flight("07:59:59.999", 3, 0);
    Record after = flight("08:00:00", 4, 0);
    Selection<Record> selection =
        pipeline
            .apply(Create.of(before, first, last, after).withCoder(RecordCoder.of(Flights.SCHEMA)))
            .apply(SelectInterval.of(at("07:00:00"), at("08:00:00")));

    assertElements(
        selection.inside(),
        () -> containsInAnyOrder(hasValue("flight", 2L), hasValue("flight", 3L)));
    assertElements(
        selection.outside().orElseThrow(),
        () -> containsInAnyOrder(hasValue("flight", 1L), hasValue("flight", 4L)));
    pipeline.run();
  }

  @Test
  void passesEverythingOnWhereBothEndsAreOpen(TestPipeline pipeline) {
    PCollection<Record> records =
        pipeline.apply(
            Create.of(flight("07:00:00", 1, 0)).withCoder(RecordCoder.of(Flights.SCHEMA)));
    Selection<Record> selection =
        records.apply(
            SelectInterval.of(
                Instant.ofEpochMilli(Long.MIN_VALUE), Instant.ofEpochMilli(Long.MAX_VALUE)));

    assertThat(selection.inside(), sameInstance(records));
    assertThat(selection.outside(), is(Optional.empty()));
    pipeline.run();
  }

  @Test
  void refusesAnEmptyInterval() {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> SelectInterval.of(at("07:00:00"), at("07:00:00")));

    assertThat(
        failure.getMessage(),
        is(
            "Invalid interval: 2001-01-15T07:00:00.000Z to 2001-01-15T07:00:00.000Z (expected a start before its end)"));
  }

  @Test
  void displaysTheInterval() {
    assertThat(
        DisplayData.from(SelectInterval.of(at("07:00:00"), at("08:00:00"))).items().stream()
            .map(item -> item.getKey() + "=" + item.getValue())
            .toList(),
        hasItem("from=2001-01-15T07:00:00.000Z"));
  }
}
