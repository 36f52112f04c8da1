package dev.millrace.stages.window;

import static dev.millrace.stages.Flights.at;
import static dev.millrace.stages.Flights.flight;
import static dev.millrace.stages.Flights.timed;
import static dev.millrace.testing.Elements.assertElements;
import static dev.millrace.testing.RecordMatchers.happenedAt;
import static dev.millrace.testing.RecordMatchers.hasValue;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.stages.Flights;
import dev.millrace.testing.PipelineExtension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.hamcrest.Matcher;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PipelineExtension.class)
class AggregateTest {
  private static final RecordCoder CODER = RecordCoder.of(Flights.SCHEMA);

  @Test
  void computesARecordAGroupAndWindow(TestPipeline pipeline) {
    PCollection<Record> results =
        records(
                pipeline,
                flight("AA", "07:00:00", 1L, 5.0),
                flight("AA", "07:59:59", 2L, 10.0),
                flight("UA", "07:10:00", 3L, 7.0),
                flight(null, "07:10:00", 4L, null),
                flight("AA", "08:00:00", 5L, 1.0))
            .apply(Windows.parse("1h"))
            .apply(Aggregate.by(List.of("carrier")).with("count,mean(delay)"));

    assertElements(
        results,
        () ->
            containsInAnyOrder(
                hour("07", "AA", 2L, 7.5),
                hour("07", "UA", 1L, 7.0),
                hour("07", null, 1L, null),
                hour("08", "AA", 1L, 1.0)));
    pipeline.run();
  }

  private static Matcher<Record> hour(String hour, String carrier, long count, Double mean) {
    return allOf(
        happenedAt("2001-01-15T%s:00:00Z".formatted(hour)),
        hasValue("carrier", carrier),
        hasValue("count", count),
        hasValue("mean_delay", mean));
  }

  @Test
  void countsAllTogetherWithoutFieldsAndFunctions(TestPipeline pipeline) {
    PCollection<Record> results =
        records(pipeline, flight("07:00:00", 1, 5), flight("08:00:00", 2, 10))
            .apply(Windows.parse("day"))
            .apply(Aggregate.by(List.of()));

    assertElements(results, () -> contains(hasValue("count", 2L)));
    pipeline.run();
  }

  @Test
  void countsARecordInEverySlidingWindowThatItIsIn(TestPipeline pipeline) {
    PCollection<Record> results =
        records(pipeline, flight("07:40:00", 1, 5))
            .apply(Windows.parse("1h every 30m"))
            .apply(Aggregate.by(List.of()));

    assertElements(
        results,
        () ->
            containsInAnyOrder(
                happenedAt("2001-01-15T07:00:00Z"), happenedAt("2001-01-15T07:30:00Z")));
    pipeline.run();
  }

  @Test
  void combinesSessions(TestPipeline pipeline) {
    PCollection<Record> results =
        records(
                pipeline,
                flight("07:00:00", 1, 5),
                flight("07:20:00", 2, 6),
                flight("08:00:00", 3, 7))
            .apply(Windows.parse("session 30m"))
            .apply(Aggregate.by(List.of()).with("count,sum(delay)"));

    assertElements(
        results,
        () ->
            containsInAnyOrder(
                allOf(
                    happenedAt("2001-01-15T07:00:00Z"),
                    hasValue("window_end", Instant.parse("2001-01-15T07:50:00Z")),
                    hasValue("sum_delay", 11.0)),
                allOf(happenedAt("2001-01-15T08:00:00Z"), hasValue("sum_delay", 7.0))));
    pipeline.run();
  }

  @Test
  void doesNotDependOnTheOrder(TestPipeline pipeline) {
    List<Record> records = new ArrayList<>();
    Random random = new Random(4);
    for (int i = 0; i < 500; i++) {
      double delay = Math.scalb(random.nextDouble() - 0.5, random.nextInt(100));
      records.add(flight("07:00:00", i, delay));
    }
    Aggregate aggregate = Aggregate.by(List.of("carrier")).with("sum(delay),mean(delay)");
    List<PCollection<Record>> results = new ArrayList<>();
    Record expected = expected(records);
    for (int order = 0; order < 3; order++) {
      Collections.shuffle(records, random);
      results.add(
          pipeline
              .apply("Records" + order, Create.timestamped(timedAll(records)).withCoder(CODER))
              .apply("Windows" + order, Windows.parse(order == 2 ? "session 1h" : "1h"))
              .apply("Aggregate" + order, aggregate));
    }

    for (PCollection<Record> result : results) {
      Double sum = (Double) expected.value("sum_delay");
      Double mean = (Double) expected.value("mean_delay");
      assertElements(
          result, () -> contains(allOf(hasValue("sum_delay", sum), hasValue("mean_delay", mean))));
    }
    pipeline.run();
  }

  private static Record expected(List<Record> records) {
    AggregatePlan plan =
        AggregatePlan.of(
            Flights.SCHEMA, List.of("carrier"), Function.parse("sum(delay),mean(delay)"));
    Totals totals = Totals.none(plan.measures());
    records.forEach(record -> totals.add(record, plan.measureFields()));
    var group = plan.groupBytes();
    group.read(records.get(0));
    var hour = new IntervalWindow(at("07:00:00"), at("08:00:00"));
    return plan.result(group.copy(), hour, totals);
  }

  @Test
  void approximatesTheSameInShardsAndByGroup(TestPipeline pipeline) {
    List<Record> records = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      records.add(flight(i % 3 == 0 ? "AA" : "UA", "07:00:00", (long) (i % 2500), i / 7.0));
    }
    Aggregate aggregate =
        Aggregate.by(List.of())
            .with("distinct(flight),quantile(delay,0.5),topK(carrier,1),topK(flight,1)");
    for (String windows : List.of("1h", "session 1h")) {
      PCollection<Record> results =
          pipeline
              .apply("Records " + windows, Create.timestamped(timedAll(records)).withCoder(CODER))
              .apply("Windows " + windows, Windows.parse(windows))
              .apply("Aggregate " + windows, aggregate);

      assertElements(
          results,
          () ->
              contains(
                  allOf(
                      hasValue("distinct_flight", 2493L),
                      hasValue("quantile_delay_0_5", 357.5),
                      hasValue("topk_carrier_1", "[{\"value\":\"UA\",\"count\":3333}]"),
                      hasValue("topk_flight_1", "[{\"value\":0,\"count\":2}]"))));
    }
    pipeline.run();
  }

  @Test
  void losesNoGroupWhenABundleHasMoreThanATableTakes(TestPipeline pipeline) {
    int groups = 10_000;
    PCollection<Record> results =
        pipeline
            .apply(Create.of(groups))
            .apply(
                "InOneBundle",
                FlatMapElements.into(TypeDescriptor.of(Record.class))
                    .via(AggregateTest::twoFlightsOfEach))
            .setCoder(CODER)
            .apply(Windows.parse("10000d"))
            .apply(Aggregate.by(List.of("flight")));

    assertResultsByCount(results, Map.of(2L, groups));
    pipeline.run();
  }

  /** Enough that blocks in state are merged, some of them more than once. */
  @Test
  void losesNoGroupInStateHoweverManyBundlesThereAre(TestPipeline pipeline) {
    int groups = 5_000;
    int bundles = 6;
    @SuppressWarnings("unchecked") // arrays have no type parameters
    TimestampedValue<Record>[] others =
        twoFlightsOfEach(groups).stream()
            .skip(1)
            .map(flight -> timed(flight))
            .toArray(TimestampedValue[]::new);
    TestStream.Builder<Record> stream = TestStream.create(CODER);
    for (int bundle = 0; bundle < bundles; bundle++) {
      stream = stream.addElements(timed(flight("07:00:00", 0, 1)), others);
    }
    PCollection<Record> results =
        pipeline
            .apply(
                stream
                    .advanceWatermarkTo(at("08:00:00"))
                    .addElements(timed(flight("07:30:00", 1, 4)))
                    .advanceWatermarkToInfinity())
            .apply(Windows.parse("1h").withAllowedLateness(Duration.standardHours(1)))
            .apply(Aggregate.by(List.of("flight")));

    long each = 2L * bundles;
    assertResultsByCount(results, Map.of(each, 2 * groups - 1, each + 1, 2));
    pipeline.run();
  }

  private static void assertResultsByCount(
      PCollection<Record> results, Map<Long, Integer> expected) {
    PAssert.that(results)
        .satisfies(
            all -> {
              Map<Object, Integer> resultsByCount = new HashMap<>();
              for (Record result : all) {
                resultsByCount.merge(result.value("count"), 1, Integer::sum);
              }
              assertThat(resultsByCount, is(expected));
              return null;
            });
  }

  private static List<Record> twoFlightsOfEach(int count) {
    return LongStream.range(0, 2L * count).mapToObj(i -> flight("07:00:00", i % count, 1)).toList();
  }

  @Test
  void firesAgainForLateRecordsAndAccumulates(TestPipeline pipeline) {
    PCollection<Record> results =
        pipeline
            .apply(
                TestStream.create(CODER)
                    .addElements(timed(flight("07:10:00", 1, 1)), timed(flight("07:20:00", 2, 2)))
                    .advanceWatermarkTo(at("08:00:00"))
                    .addElements(timed(flight("07:30:00", 3, 4)))
                    .advanceWatermarkToInfinity())
            .apply(Windows.parse("1h").withAllowedLateness(Duration.standardHours(1)))
            .apply(Aggregate.by(List.of()).with("count,sum(delay)"));

    assertElements(
        results,
        () ->
            containsInAnyOrder(
                allOf(hasValue("count", 2L), hasValue("sum_delay", 3.0)),
                allOf(hasValue("count", 3L), hasValue("sum_delay", 7.0)),
                allOf(hasValue("count", 3L), hasValue("sum_delay", 7.0))));
    pipeline.run();
  }

  @Test
  void givesNothingForNothing(TestPipeline pipeline) {
    PCollection<Record> results =
        pipeline
            .apply(Create.empty(CODER))
            .apply(Windows.parse("1h"))
            .apply(Aggregate.by(List.of()));

    assertElements(results, () -> empty());
    pipeline.run();
  }

  @Test
  void resultsStayInTheirWindows(TestPipeline pipeline) {
    PCollection<Record> results =
        records(pipeline, flight("07:00:00", 1, 5), flight("08:00:00", 2, 10))
            .apply(Windows.parse("1h"))
            .apply(Aggregate.by(List.of()).with("sum(flight)"));

    PAssert.that(results)
        .inWindow(new IntervalWindow(at("07:00:00"), at("08:00:00")))
        .satisfies(
            inWindow -> {
              assertThat(inWindow.iterator().next().value("sum_flight"), is(1L));
              return null;
            });
    pipeline.run();
  }

  @Test
  void refusesTheGlobalWindow() {
    PCollection<Record> records = records(Pipeline.create(), flight("07:00:00", 1, 5));

    assertThat(
        messageOf(records, Aggregate.by(List.of())),
        containsString("(expected windows of time: apply Windows before Aggregate)"));
  }

  @Test
  void refusesAGroupFieldThatThereIsNot() {
    PCollection<Record> records = records(Pipeline.create(), flight("07:00:00", 1, 5));

    assertThat(
        messageOf(records, Aggregate.by(List.of("plane"))),
        is("Cannot find field plane in flights: its fields are [carrier, flight, delay, landed]"));
  }

  @Test
  void refusesTheSameFunctionTwice() {
    PCollection<Record> records = records(Pipeline.create(), flight("07:00:00", 1, 5));

    assertThat(
        messageOf(records, Aggregate.by(List.of()).with("count,count")),
        is("Invalid schema flights_aggregate: field count appears twice"));
  }

  private static String messageOf(PCollection<Record> records, Aggregate aggregate) {
    return assertThrows(IllegalArgumentException.class, () -> records.apply(aggregate))
        .getMessage();
  }

  private static PCollection<Record> records(Pipeline pipeline, Record... records) {
    return pipeline.apply(
        "Records", Create.timestamped(timedAll(Arrays.asList(records))).withCoder(CODER));
  }

  private static List<TimestampedValue<Record>> timedAll(List<Record> records) {
    return records.stream().map(Flights::timed).toList();
  }
}
