package dev.millrace.stages.window;

import static dev.millrace.stages.Flights.at;
import static dev.millrace.stages.Flights.millis;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.RawRecord;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Rejected;
import dev.millrace.record.Violation;
import dev.millrace.testing.PipelineExtension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PipelineExtension.class)
class SelectRejectsTest {
  private static final SelectRejects SEVEN_TO_EIGHT =
      SelectRejects.of(at("07:00:00"), at("08:00:00"));
  private static final Map<String, Instant> SOURCES =
      Map.of(
          "six", Instant.parse("2001-01-15T06:00:00Z"),
          "seven", Instant.parse("2001-01-15T07:00:00Z"));

  @Test
  void goesByTheEventTimeAndElseByTheSource(TestPipeline pipeline) {
    Rejected before = reject("seven", 1, OptionalLong.of(millis("06:59:59.999")));
    Rejected first = reject("six", 2, OptionalLong.of(millis("07:00:00")));
    Rejected after = reject("seven", 3, OptionalLong.of(millis("08:00:00")));
    Rejected ofSix = reject("six", 4, OptionalLong.empty());
    Rejected ofSeven = reject("seven", 5, OptionalLong.empty());
    Rejected ofNone = reject("none", 6, OptionalLong.empty());

    Selection<Rejected> selection =
        rejects(pipeline, before, first, after, ofSix, ofSeven, ofNone)
            .apply(SEVEN_TO_EIGHT.withTimesOfSources(SOURCES));

    PAssert.that(selection.inside()).containsInAnyOrder(first, ofSeven, ofNone);
    PAssert.that(selection.outside().orElseThrow()).containsInAnyOrder(before, after, ofSix);
    pipeline.run();
  }

  @Test
  void passesEverythingOnWhereBothEndsAreOpen(TestPipeline pipeline) {
    PCollection<Rejected> rejects = rejects(pipeline, reject("six", 1, OptionalLong.empty()));
    Selection<Rejected> selection =
        rejects.apply(
            SelectRejects.of(
                org.joda.time.Instant.ofEpochMilli(Long.MIN_VALUE),
                org.joda.time.Instant.ofEpochMilli(Long.MAX_VALUE)));

    assertThat(selection.inside(), sameInstance(rejects));
    assertThat(selection.outside(), is(Optional.empty()));
    pipeline.run();
  }

  @Test
  void refusesAnEmptyInterval() {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class, () -> SelectRejects.of(at("07:00:00"), at("07:00:00")));

    assertThat(
        failure.getMessage(),
        is(
            "Invalid interval: 2001-01-15T07:00:00.000Z to 2001-01-15T07:00:00.000Z (expected a start before its end)"));
  }

  @Test
  void displaysTheInterval() {
    List<String> items =
        DisplayData.from(SEVEN_TO_EIGHT.withTimesOfSources(SOURCES)).items().stream()
            .map(item -> item.getKey() + "=" + item.getValue())
            .toList();
    assertThat(items, hasItem("to=2001-01-15T08:00:00.000Z"));
    assertThat(items, hasItem("timesOfSources=2"));
  }

  private static PCollection<Rejected> rejects(TestPipeline pipeline, Rejected... rejects) {
    return pipeline.apply(Create.of(List.of(rejects)).withCoder(Rejected.RejectedCoder.of()));
  }

  private static Rejected reject(String source, long offset, OptionalLong time) {
    Violation violation = new Violation(RejectReason.MALFORMED, "", "", "Not readable");
    return new Rejected(
        "decode", List.of(violation), new RawRecord(source, offset, new byte[] {'{'}), time);
  }
}
