package dev.millrace.stages.refer;

import static dev.millrace.stages.Flights.flight;
import static dev.millrace.stages.Flights.timed;
import static dev.millrace.testing.Elements.assertElements;
import static dev.millrace.testing.RecordMatchers.hasMessage;
import static dev.millrace.testing.RecordMatchers.hasOriginal;
import static dev.millrace.testing.RecordMatchers.hasValue;
import static dev.millrace.testing.RecordMatchers.rejectedFor;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.Outcome;
import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.ReferenceVersion;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Violation;
import dev.millrace.stages.Flights;
import dev.millrace.testing.PipelineExtension;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PipelineExtension.class)
class ReferToTest {
  private static final List<String> CARRIER = List.of("carrier");
  private static final List<String> FLIGHT = List.of("flight");

  @Test
  void passesWhatTheReferenceHoldsAndRejectsTheRestWithItsOriginal(TestPipeline pipeline) {
    Outcome<Record> outcome =
        flights(pipeline, flight("AA", "07:00:00", 1L, 0.0), flight("ZZ", "08:00:00", 2L, 0.0))
            .apply(ReferTo.fields(CARRIER, "carriers.csv#code", values(pipeline, "AA", "UA")));

    assertElements(outcome.passed(), () -> contains(hasValue("carrier", "AA")));
    assertElements(
        outcome.rejected(),
        () ->
            contains(
                allOf(
                    rejectedFor(RejectReason.UNKNOWN_REFERENCE),
                    hasMessage(is("Invalid carrier: ZZ (expected a value of carriers.csv#code)")),
                    hasOriginal("a.json@2"))));
    pipeline.run();
  }

  @Test
  void passesAllWhereNothingIsChecked(TestPipeline pipeline) {
    Outcome<Record> outcome =
        flights(pipeline, flight("ZZ", "07:00:00", 1L, 0.0)).apply(ReferTo.nothing());

    assertElements(outcome.passed(), () -> contains(hasValue("carrier", "ZZ")));
    assertElements(outcome.rejected(), () -> empty());
    pipeline.run();
  }

  @Test
  void passesNull(TestPipeline pipeline) {
    Outcome<Record> outcome =
        flights(pipeline, flight(null, "07:00:00", 1L, 0.0))
            .apply(ReferTo.fields(CARRIER, "carriers.csv#code", values(pipeline, "AA")));

    assertElements(outcome.passed(), () -> contains(hasValue("carrier", null)));
    assertElements(outcome.rejected(), () -> empty());
    pipeline.run();
  }

  @Test
  void reportsAllMissesOfARecordInTheOrderOfItsFields(TestPipeline pipeline) {
    Outcome<Record> outcome =
        flights(
                pipeline,
                flight("ZZ", "07:00:00", 7L, 0.0),
                flight("AA", "07:00:00", 8L, 0.0),
                flight("AA", "07:00:00", 9L, 0.0))
            .apply(
                ReferTo.fields(FLIGHT, "flights.csv#number", values(pipeline, "8"))
                    .andFields(CARRIER, "carriers.csv#code", values(pipeline, "AA")));

    assertElements(outcome.passed(), () -> contains(hasValue("flight", 8L)));
    assertElements(
        outcome.rejected(),
        () ->
            containsInAnyOrder(
                allOf(
                    rejectedFor(RejectReason.UNKNOWN_REFERENCE, RejectReason.UNKNOWN_REFERENCE),
                    hasMessage(containsString("Invalid carrier: ZZ"))),
                hasMessage(is("Invalid flight: 9 (expected a value of flights.csv#number)"))));
    pipeline.run();
  }

  @Test
  void rejectsEveryValueWhereTheReferenceIsEmpty(TestPipeline pipeline) {
    Outcome<Record> outcome =
        flights(pipeline, flight("AA", "07:00:00", 1L, 0.0))
            .apply(ReferTo.fields(CARRIER, "carriers.csv#code", values(pipeline)));

    assertElements(outcome.passed(), () -> empty());
    assertElements(outcome.rejected(), () -> contains(rejectedFor(RejectReason.UNKNOWN_REFERENCE)));
    pipeline.run();
  }

  @Test
  void checksUnboundedRecordsInAnyWindow(TestPipeline pipeline) {
    PCollection<Record> stream =
        pipeline
            .apply(
                TestStream.create(RecordCoder.of(Flights.SCHEMA))
                    .addElements(
                        timed(flight("AA", "07:00:00", 1L, 0.0)),
                        timed(flight("AA", "09:00:00", 2L, 0.0)),
                        timed(flight("ZZ", "09:30:00", 3L, 0.0)))
                    .advanceWatermarkToInfinity())
            .apply(Window.into(FixedWindows.of(Duration.standardHours(1))));
    Outcome<Record> outcome =
        stream.apply(ReferTo.fields(CARRIER, "carriers.csv#code", values(pipeline, "AA")));

    assertElements(
        outcome.passed(), () -> containsInAnyOrder(hasValue("flight", 1L), hasValue("flight", 2L)));
    assertElements(outcome.rejected(), () -> contains(hasOriginal("a.json@3")));
    pipeline.run();
  }

  @Test
  void takesTheLatestVersionOfAChangingReference(TestPipeline pipeline) {
    Outcome<Record> outcome =
        change(pipeline, "AA 1", "UA 2", "1=AA", "AA 3", "UA 4", "2=UA", "AA 5", "UA 6");

    assertElements(
        outcome.passed(),
        () ->
            containsInAnyOrder(
                hasValue("flight", 1L), hasValue("flight", 3L), hasValue("flight", 6L)));
    assertElements(
        outcome.rejected(),
        () ->
            containsInAnyOrder(
                hasOriginal("a.json@2"), hasOriginal("a.json@4"), hasOriginal("a.json@5")));
    pipeline.run();
  }

  @Test
  void leavesAVersionAloneThatComesAfterItsSuccessor(TestPipeline pipeline) {
    Outcome<Record> outcome = change(pipeline, "2=UA", "1=AA", "AA 1", "UA 2");

    assertElements(outcome.passed(), () -> contains(hasValue("flight", 2L)));
    assertElements(outcome.rejected(), () -> contains(hasOriginal("a.json@1")));
    pipeline.run();
  }

  @Test
  void keepsTheLatestOfVersionsThatWereCombinedApart() throws IOException {
    KeepLatest keep = new KeepLatest();
    Coder<KeepLatest.Numbered> coder =
        keep.getAccumulatorCoder(CoderRegistry.createDefault(), ReferenceVersion.VersionCoder.of());
    KeepLatest.Numbered none = keep.createAccumulator();
    KeepLatest.Numbered second =
        CoderUtils.clone(coder, keep.addInput(none, new ReferenceVersion(2, List.of("UA", "DL"))));
    KeepLatest.Numbered first = keep.addInput(none, new ReferenceVersion(1, List.of("AA")));

    ValueSet latest = keep.extractOutput(keep.mergeAccumulators(List.of(none, second, first)));

    assertThat(latest.size(), is(2));
    assertThat(latest.contains(new byte[] {'D', 'L'}, 0, 2), is(true));
  }

  /**
   * Checks flights, one after the other, and versions of the reference, each when all before it has
   * been done: {@code 1=AA} is a version, {@code AA 3} a flight.
   */
  private static Outcome<Record> change(TestPipeline pipeline, String... events) {
    TestStream.Builder<String> stream = TestStream.create(StringUtf8Coder.of());
    for (String event : events) {
      stream = stream.addElements(event);
    }
    PCollection<String> all = pipeline.apply(stream.advanceWatermarkToInfinity());
    PCollection<ReferenceVersion> versions =
        all.apply("Changes", Filter.by(event -> event.contains("=")))
            .apply(
                "Versions",
                MapElements.into(TypeDescriptor.of(ReferenceVersion.class))
                    .via(
                        event ->
                            new ReferenceVersion(
                                event.charAt(0) - '0', List.of(event.substring(2)))))
            .setCoder(ReferenceVersion.VersionCoder.of());
    return all.apply("Departures", Filter.by(event -> event.contains(" ")))
        .apply(
            "Flights",
            MapElements.into(TypeDescriptor.of(Record.class))
                .via(
                    event ->
                        flight(
                            event.substring(0, 2),
                            "07:00:00",
                            Long.valueOf(event.substring(3)),
                            0.0)))
        .setCoder(RecordCoder.of(Flights.SCHEMA))
        .apply(ReferTo.changing(CARRIER, "carriers.csv#code", versions));
  }

  @Test
  void shortensWhatItShows() {
    ReferenceCheck check =
        new ReferenceCheck(Flights.SCHEMA, List.of(new Reference("codes", CARRIER)));
    check.use(0, new ValueSet());

    Violation violation =
        check.reject(flight("a\n" + "b".repeat(200), "07:00:00", 1L, 0.0)).violations().get(0);

    assertThat(
        violation.message(),
        is("Invalid carrier: a " + "b".repeat(78) + "... (expected a value of codes)"));
    assertThat(violation.path(), is("carrier"));
    assertThat(violation.rule(), is("reference: codes"));
  }

  @Test
  void refusesRecordsWithoutTheirOriginals() {
    ReferenceCheck check =
        new ReferenceCheck(Flights.SCHEMA, List.of(new Reference("codes", CARRIER)));
    check.use(0, new ValueSet());
    Record record = flight("AA", "07:00:00", 1L, 0.0).withoutOriginal();

    IllegalStateException failure =
        assertThrows(IllegalStateException.class, () -> check.reject(record));

    assertThat(
        failure.getMessage(),
        is(
            "Cannot reject a record with an unknown reference at a.json@1: its original bytes are not with it (expected records decoded with keepingOriginals())"));
  }

  @Test
  void refusesWhatItCannotLookUp() {
    Pipeline pipeline = Pipeline.create();
    PCollection<Record> flights = flights(pipeline, flight("AA", "07:00:00", 1L, 0.0));
    PCollection<String> codes = values(pipeline, "AA");
    PCollection<String> unbounded =
        pipeline.apply(TestStream.create(StringUtf8Coder.of()).advanceWatermarkToInfinity());

    assertThat(
        refusal(() -> flights.apply("Unknown", ReferTo.fields(List.of("gate"), "gates", codes))),
        is("Cannot find field gate in flights: its fields are [carrier, flight, delay, landed]"));
    assertThat(
        refusal(() -> flights.apply("Typed", ReferTo.fields(List.of("delay"), "delays", codes))),
        is("Cannot refer to delays: delay is of type NUMBER (expected STRING or INTEGER)"));
    assertThat(
        refusal(() -> ReferTo.fields(CARRIER, "codes", unbounded)),
        is(
            "Invalid reference: codes is unbounded (expected a bounded collection of values, or versions of a changing one)"));
    assertThat(
        refusal(() -> ReferTo.fields(List.of(), "codes", codes)),
        is("Missing required value: fields of codes"));
    assertThat(
        refusal(() -> ReferTo.fields(CARRIER, "", codes)), is("Missing required value: reference"));
  }

  private static String refusal(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }

  @Test
  void displaysFieldsAndReferences() {
    PCollection<String> codes = values(Pipeline.create(), "AA");
    ReferTo refer =
        ReferTo.fields(List.of("carrier", "flight"), "a", codes).andFields(CARRIER, "b", codes);

    assertThat(
        DisplayData.from(refer).items().stream()
            .map(item -> item.getKey() + "=" + item.getValue())
            .toList(),
        hasItems("fields1=carrier,flight: a", "fields2=carrier: b"));
  }

  private static PCollection<Record> flights(Pipeline pipeline, Record... flights) {
    return pipeline.apply(
        "Flights", Create.of(Arrays.asList(flights)).withCoder(RecordCoder.of(Flights.SCHEMA)));
  }

  private static PCollection<String> values(Pipeline pipeline, String... values) {
    return pipeline.apply(
        "Values of " + String.join(",", values),
        Create.of(Arrays.asList(values)).withCoder(StringUtf8Coder.of()));
  }
}
