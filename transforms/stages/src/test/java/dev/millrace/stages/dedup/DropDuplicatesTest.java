package dev.millrace.stages.dedup;

import static dev.millrace.stages.Flights.at;
import static dev.millrace.stages.Flights.flight;
import static dev.millrace.testing.Elements.assertElements;
import static dev.millrace.testing.RecordMatchers.hasMessage;
import static dev.millrace.testing.RecordMatchers.hasOriginal;
import static dev.millrace.testing.RecordMatchers.rejectedFor;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.RawRecord;
import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Rejected;
import dev.millrace.record.RejectedAt;
import dev.millrace.stages.Flights;
import dev.millrace.testing.PipelineExtension;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PipelineExtension.class)
class DropDuplicatesTest {
  private static final RecordCoder CODER = RecordCoder.of(Flights.SCHEMA);
  private static final Record KEPT = flight("AA", "07:00:00", 1L, 5.0, "a.json", 0);
  private static final Record COPY = flight("AA", "07:00:00", 1L, 5.0, "b.json", 0);
  private static final Record OTHER = flight("AA", "07:00:01", 1L, 6.0, "b.json", 1);

  @Test
  void keepsOneOfTwoCopies(TestPipeline pipeline) {
    Deduplicated result = records(pipeline, COPY, OTHER, KEPT).apply(DropDuplicates.byContent());

    assertElements(
        result.unique(), () -> containsInAnyOrder(KEPT.withoutOriginal(), OTHER.withoutOriginal()));
    assertElements(result.duplicates(), () -> contains(COPY.withoutOriginal()));
    assertElements(result.conflicts(), () -> empty());
    pipeline.run();
  }

  @Test
  void rejectsAnotherBodyOfTheSameKey(TestPipeline pipeline) {
    Deduplicated result =
        records(pipeline, OTHER, COPY, KEPT)
            .apply(DropDuplicates.byKey(List.of("carrier", "flight")));

    assertElements(result.unique(), () -> contains(KEPT.withoutOriginal()));
    assertElements(result.duplicates(), () -> contains(COPY.withoutOriginal()));
    assertElements(
        result.conflicts(),
        () ->
            contains(
                allOf(
                    rejectedFor(RejectReason.CONFLICTING_KEY),
                    hasOriginal("b.json@1"),
                    hasMessage(
                        equalTo("Key carrier=AA, flight=1 has another body than a.json@0")))));
    pipeline.run();
  }

  @Test
  void leavesConflictsWithPathStageAndEventTime(TestPipeline pipeline) {
    Deduplicated result =
        records(pipeline, OTHER, KEPT).apply(DropDuplicates.byKey(List.of("carrier", "flight")));

    PAssert.thatSingleton(result.conflicts())
        .satisfies(
            rejected -> {
              assertThat(rejected.stage(), is("dedup"));
              assertThat(rejected.violations().get(0).path(), is("carrier,flight"));
              assertThat(rejected.violations().get(0).rule(), is("unique"));
              assertThat(rejected.eventTimeMillis().getAsLong(), is(OTHER.eventTimeMillis()));
              return null;
            });
    pipeline.run();
  }

  @Test
  void comparesOnlyWithinTheHorizon(TestPipeline pipeline) {
    Deduplicated result =
        records(pipeline, KEPT, OTHER)
            .apply(DropDuplicates.byKey(List.of("flight")).within(Duration.millis(999)));

    assertElements(
        result.unique(), () -> containsInAnyOrder(KEPT.withoutOriginal(), OTHER.withoutOriginal()));
    assertElements(result.conflicts(), () -> empty());
    pipeline.run();
  }

  @Test
  void outputsAtEventTimeInTheInputsWindow(TestPipeline pipeline) {
    PCollection<Record> unique =
        records(pipeline, KEPT, COPY, flight("09:30:00", 2, 1))
            .apply(DropDuplicates.byContent())
            .unique();
    assertThat(unique.getWindowingStrategy().getWindowFn(), is(new GlobalWindows()));
    assertThat(
        unique.getWindowingStrategy().getTimestampCombiner(), is(TimestampCombiner.END_OF_WINDOW));

    PCollection<Record> windowed =
        unique.apply(Window.into(FixedWindows.of(Duration.standardHours(1))));

    PAssert.that(windowed)
        .inWindow(new IntervalWindow(at("07:00:00"), at("08:00:00")))
        .containsInAnyOrder(KEPT.withoutOriginal());
    PAssert.that(windowed)
        .inWindow(new IntervalWindow(at("09:00:00"), at("10:00:00")))
        .containsInAnyOrder(flight("09:30:00", 2, 1).withoutOriginal());
    pipeline.run();
  }

  @Test
  void losesNothingToWindowsAfterIt(TestPipeline pipeline) {
    List<Record> records = hoursApart(500);

    PCollection<Long> counted =
        records(pipeline, records.toArray(new Record[0]))
            .apply(DropDuplicates.byContent())
            .unique()
            .apply("Hours", Window.into(FixedWindows.of(Duration.standardHours(1))))
            .apply("CountWindows", Combine.globally(Count.<Record>combineFn()).withoutDefaults())
            .apply("Globally", Window.into(new GlobalWindows()))
            .apply("SumWindows", Sum.longsGlobally());

    PAssert.thatSingleton(counted).isEqualTo(500L);
    pipeline.run();
  }

  @Test
  void givesTheSameAnswerInAnyOrderAndNumberOfShards(TestPipeline pipeline) {
    Random random = new Random(11);
    List<Record> records = randomRecords(random, 1000);
    DropDuplicates drop =
        DropDuplicates.byKey(List.of("flight")).within(Duration.standardSeconds(20));
    List<String> expected = Verdicts.inOneShard(records, "flight", 20_000);
    assertThat(expected.size(), is(1000));

    for (int shards : new int[] {1, 7, 4096}) {
      Collections.shuffle(records, random);
      Deduplicated result =
          pipeline
              .apply("Records" + shards, Create.of(List.copyOf(records)).withCoder(CODER))
              .apply("Drop" + shards, drop.withShards(shards));
      PAssert.that(Verdicts.of(result, "Verdicts" + shards)).containsInAnyOrder(expected);
    }
    pipeline.run();
  }

  @Test
  void givesTheSameAnswerWhenOneKeyHasMostOfTheRecords(TestPipeline pipeline) {
    List<Record> records = skewedRecords(new Random(12), 5000);
    List<String> expected = Verdicts.inOneShard(records, "flight", 2000);

    Deduplicated result =
        pipeline
            .apply(Create.of(1))
            .apply(
                "InOneBundle",
                FlatMapElements.into(TypeDescriptor.of(Record.class))
                    .via(one -> skewedRecords(new Random(12), 5000)))
            .setCoder(CODER)
            .apply(DropDuplicates.byKey(List.of("flight")).within(Duration.standardSeconds(2)));

    PAssert.that(Verdicts.of(result, "Verdicts")).containsInAnyOrder(expected);
    pipeline.run();
  }

  /** Four of five have one key: copies of one record at one time, and a few conflicts. */
  private static List<Record> skewedRecords(Random random, int size) {
    List<Record> records = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      boolean hot = random.nextInt(10) < 8;
      records.add(
          flight(
              "AA",
              hot ? "07:00:05" : "07:00:%02d".formatted(random.nextInt(10)),
              hot ? 1L : random.nextInt(900),
              random.nextInt(100) == 0 ? 6.0 : 5.0,
              "s%d.json".formatted(i % 3),
              i));
    }
    return records;
  }

  @Test
  void leavesAnEmptyInputEmpty(TestPipeline pipeline) {
    Deduplicated result =
        pipeline.apply(Create.empty(CODER)).apply(DropDuplicates.byKey(List.of("flight")));

    PAssert.that(result.unique()).empty();
    PAssert.that(result.duplicates()).empty();
    PAssert.that(result.conflicts()).empty();
    pipeline.run();
  }

  @Test
  void conflictsGoToTheOtherRejects(TestPipeline pipeline) {
    List<PCollection<Rejected>> rejects = new ArrayList<>();
    Deduplicated result = records(pipeline, KEPT).apply(DropDuplicates.byContent());

    assertThat(result.conflictsTo(rejects), is(result));
    assertThat(rejects, contains(result.conflicts()));
    pipeline.run();
  }

  @Test
  void failsAtAConflictWhoseOriginalWasNotKept(TestPipeline pipeline) {
    records(pipeline, KEPT.withoutOriginal(), OTHER.withoutOriginal())
        .apply(DropDuplicates.byKey(List.of("flight")));

    RuntimeException failure = assertThrows(RuntimeException.class, pipeline::run);
    assertThat(
        failure.getMessage(),
        containsString(
            "Cannot reject a record with a conflicting key at b.json@1: its original bytes are not with it (expected records decoded with keepingOriginals())"));
  }

  @Test
  void readsTheOriginalsOfConflictsAgain(TestPipeline pipeline) {
    Deduplicated result =
        records(pipeline, KEPT.withoutOriginal(), OTHER.withoutOriginal())
            .apply(DropDuplicates.byKey(List.of("flight")).withOriginalsFrom(new NameOfPlace()));

    assertElements(
        result.conflicts(),
        () ->
            contains(
                allOf(
                    rejectedFor(RejectReason.CONFLICTING_KEY),
                    hasOriginal("read b.json@1"),
                    hasMessage(equalTo("Key flight=1 has another body than a.json@0")))));
    pipeline.run();
  }

  @Test
  void carriesNoOriginalsToTheShardThatCanBeReadAgain(TestPipeline pipeline) {
    Deduplicated result =
        records(pipeline, KEPT, OTHER)
            .apply(DropDuplicates.byKey(List.of("flight")).withOriginalsFrom(new NameOfPlace()));

    assertElements(result.conflicts(), () -> contains(hasOriginal("read b.json@1")));
    pipeline.run();
  }

  @Test
  void refusesToReadTheOriginalsOfUnboundedRecordsAgain() {
    PCollection<Record> unbounded =
        records(Pipeline.create(), KEPT).setIsBoundedInternal(PCollection.IsBounded.UNBOUNDED);

    assertThat(
        messageOf(
            () ->
                unbounded.apply(
                    DropDuplicates.byKey(List.of("flight"))
                        .within(Duration.standardDays(1))
                        .withOriginalsFrom(new NameOfPlace()))),
        is(
            "Cannot read the originals of unbounded records again (expected records decoded with keepingOriginals(), and no withOriginalsFrom)"));
  }

  /** Has the place of a record for its bytes. */
  private static final class NameOfPlace
      extends PTransform<PCollection<RejectedAt>, PCollection<Rejected>> {
    private static final long serialVersionUID = 1L;

    @Override
    public PCollection<Rejected> expand(PCollection<RejectedAt> rejects) {
      return rejects
          .apply(
              "Read",
              MapElements.into(TypeDescriptor.of(Rejected.class))
                  .via(at -> at.with(read("read " + at.source() + "@" + at.offset(), at))))
          .setCoder(Rejected.RejectedCoder.of());
    }

    private static RawRecord read(String bytes, RejectedAt at) {
      return new RawRecord(at.source(), at.offset(), bytes.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void refusesInputInOtherWindows() {
    PCollection<Record> windowed =
        records(Pipeline.create(), KEPT)
            .apply(Window.into(FixedWindows.of(Duration.standardHours(1))));

    assertThat(
        messageOf(() -> windowed.apply(DropDuplicates.byContent())),
        containsString("(expected the global window: apply Windows after DropDuplicates)"));
  }

  @Test
  void refusesAFieldThatThereIsNot() {
    PCollection<Record> records = records(Pipeline.create(), KEPT);

    assertThat(
        messageOf(() -> records.apply(DropDuplicates.byKey(List.of("plane")))),
        is("Cannot find field plane in flights: its fields are [carrier, flight, delay, landed]"));
  }

  @Test
  void refusesSettingsOutsideOfTheirRange() {
    DropDuplicates drop = DropDuplicates.byContent();

    assertThat(
        messageOf(() -> DropDuplicates.byKey(List.of())),
        is("Invalid key: [] (expected one field or more; without a key, use byContent())"));
    assertThat(messageOf(() -> drop.withShards(0)), is("Invalid shards: 0 (expected 1 to 4096)"));
    assertThat(
        messageOf(() -> drop.withShards(4097)), is("Invalid shards: 4097 (expected 1 to 4096)"));
    assertThat(
        messageOf(() -> drop.within(Duration.millis(-1))),
        is("Invalid horizon: PT-0.001S (expected zero or more)"));
    assertThat(
        messageOf(() -> drop.withAllowedLateness(Duration.millis(-1))),
        is("Invalid allowed lateness: PT-0.001S (expected zero or more)"));
  }

  @Test
  void displaysItsSettings() {
    DisplayData data =
        DisplayData.from(
            DropDuplicates.byKey(List.of("carrier", "flight"))
                .within(Duration.standardHours(1))
                .withAllowedLateness(Duration.standardMinutes(5))
                .withShards(8));

    assertThat(
        data.items().stream().map(item -> item.getKey() + "=" + item.getValue()).toList(),
        allOf(
            hasItem("key=carrier,flight"),
            hasItem("within=3600000"),
            hasItem("allowedLateness=300000"),
            hasItem("shards=8")));
  }

  private static PCollection<Record> records(Pipeline pipeline, Record... records) {
    return pipeline.apply(
        "Records",
        Create.timestamped(Arrays.stream(records).map(Flights::timed).toList()).withCoder(CODER));
  }

  private static List<Record> randomRecords(Random random, int size) {
    List<Record> records = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      records.add(
          flight(
              "AA",
              "07:00:%02d".formatted(random.nextInt(60)),
              (long) random.nextInt(100),
              (double) random.nextInt(2),
              "s%d.json".formatted(random.nextInt(3)),
              i));
    }
    return records;
  }

  private static List<Record> hoursApart(int count) {
    List<Record> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long hour = (i * 37L) % count;
      String time = Instant.ofEpochSecond(979_500_000 + 3600 * hour).toString();
      records.add(flight(time, i, 1));
    }
    return records;
  }

  private static String messageOf(Supplier<?> call) {
    return assertThrows(IllegalArgumentException.class, call::get).getMessage();
  }
}
