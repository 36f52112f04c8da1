package dev.millrace.stages.dedup;

import static dev.millrace.stages.Flights.at;
import static dev.millrace.stages.Flights.flight;
import static dev.millrace.stages.Flights.timed;
import static dev.millrace.testing.Elements.assertElements;
import static dev.millrace.testing.RecordMatchers.hasMessage;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.stages.Flights;
import dev.millrace.testing.PipelineExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Reify;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PipelineExtension.class)
class DropDuplicatesUnboundedTest {
  private static final RecordCoder CODER = RecordCoder.of(Flights.SCHEMA);
  private static final DropDuplicates WITHIN_A_MINUTE =
      DropDuplicates.byContent().within(Duration.standardMinutes(1));

  @Test
  void dropsACopyThatComesInALaterBundle(TestPipeline pipeline) {
    Deduplicated result =
        pipeline
            .apply(
                TestStream.create(CODER)
                    .addElements(timed(flight("AA", "07:00:00", 1L, 5.0, "a", 0)))
                    .advanceWatermarkTo(at("07:00:30"))
                    .addElements(timed(flight("AA", "07:00:00", 1L, 5.0, "b", 9)))
                    .advanceWatermarkToInfinity())
            .apply(WITHIN_A_MINUTE);

    PAssert.that(Verdicts.of(result, "All")).containsInAnyOrder("unique a@0", "duplicate b@9");
    pipeline.run();
  }

  @Test
  void keepsTheFirstToArriveAndRejectsTheOther(TestPipeline pipeline) {
    Deduplicated result =
        pipeline
            .apply(
                TestStream.create(CODER)
                    .addElements(timed(flight("AA", "07:00:20", 1L, 5.0, "a", 0)))
                    .advanceWatermarkTo(at("07:00:00"))
                    .addElements(timed(flight("AA", "07:00:10", 1L, 6.0, "b", 9)))
                    .advanceWatermarkToInfinity())
            .apply(DropDuplicates.byKey(List.of("flight")).within(Duration.standardMinutes(1)));

    PAssert.that(Verdicts.of(result, "All")).containsInAnyOrder("unique a@0", "conflict b@9");
    assertElements(
        result.conflicts(),
        () ->
            contains(
                hasMessage(
                    equalTo(
                        "Key flight=1 has another body than the one of 2001-01-15T07:00:20Z"))));
    pipeline.run();
  }

  @Test
  void looksIntoTheBucketsBeforeAndAfter(TestPipeline pipeline) {
    Deduplicated result =
        pipeline
            .apply(
                TestStream.create(CODER)
                    .addElements(timed(flight("AA", "07:01:30", 1L, 5.0, "middle", 0)))
                    .addElements(timed(flight("AA", "07:00:30", 1L, 5.0, "before", 0)))
                    .addElements(timed(flight("AA", "07:02:30", 1L, 5.0, "after", 0)))
                    .addElements(timed(flight("AA", "07:03:30.001", 1L, 5.0, "beyond", 0)))
                    .advanceWatermarkToInfinity())
            .apply(WITHIN_A_MINUTE);

    PAssert.that(Verdicts.of(result, "All"))
        .containsInAnyOrder(
            "unique middle@0", "duplicate before@0", "duplicate after@0", "unique beyond@0");
    pipeline.run();
  }

  @Test
  void forgetsABucketWhenNothingCanBeComparedWithIt(TestPipeline pipeline) {
    Deduplicated result =
        pipeline
            .apply(
                TestStream.create(CODER)
                    .addElements(timed(flight("AA", "07:00:00", 1L, 5.0, "first", 0)))
                    .advanceWatermarkTo(at("07:01:59"))
                    .addElements(timed(flight("AA", "07:00:00", 1L, 5.0, "remembered", 0)))
                    .advanceWatermarkTo(at("07:02:01"))
                    .addElements(timed(flight("AA", "07:00:00", 1L, 5.0, "forgotten", 0)))
                    .advanceWatermarkToInfinity())
            .apply(WITHIN_A_MINUTE);

    PAssert.that(Verdicts.of(result, "All"))
        .containsInAnyOrder("unique first@0", "duplicate remembered@0", "unique forgotten@0");
    pipeline.run();
  }

  @Test
  void remembersForTheAllowedLatenessToo(TestPipeline pipeline) {
    Deduplicated result =
        pipeline
            .apply(
                TestStream.create(CODER)
                    .addElements(timed(flight("AA", "07:00:00", 1L, 5.0, "first", 0)))
                    .advanceWatermarkTo(at("07:02:01"))
                    .addElements(timed(flight("AA", "07:00:00", 1L, 5.0, "remembered", 0)))
                    .advanceWatermarkToInfinity())
            .apply(WITHIN_A_MINUTE.withAllowedLateness(Duration.standardMinutes(1)));

    PAssert.that(Verdicts.of(result, "All"))
        .containsInAnyOrder("unique first@0", "duplicate remembered@0");
    pipeline.run();
  }

  @Test
  void givesForExactCopiesTheSetThatTheBoundedFormGives(TestPipeline pipeline) {
    Random random = new Random(5);
    List<Record> records = copies(random, 100);
    Collections.shuffle(records, random);

    PCollection<String> unbounded =
        pipeline
            .apply("Stream", inBundles(records, 40))
            .apply("DropUnbounded", WITHIN_A_MINUTE)
            .unique()
            .apply("TextUnbounded", toText());
    PCollection<String> bounded =
        pipeline
            .apply(
                "Batch",
                Create.timestamped(records.stream().map(Flights::timed).toList()).withCoder(CODER))
            .apply("DropBounded", WITHIN_A_MINUTE)
            .unique()
            .apply("TextBounded", toText());

    List<String> expected = records.stream().map(Record::toString).distinct().toList();
    assertThat(expected.size() < records.size(), is(true));
    PAssert.that(unbounded).containsInAnyOrder(expected);
    PAssert.that(bounded).containsInAnyOrder(expected);
    pipeline.run();
  }

  @Test
  void accountsForEveryRecord(TestPipeline pipeline) {
    Random random = new Random(6);
    List<Record> records = copies(random, 100);
    int size = records.size();
    Deduplicated result =
        pipeline
            .apply(inBundles(records, 50))
            .apply(DropDuplicates.byKey(List.of("delay")).within(Duration.standardMinutes(1)));

    PAssert.that(Verdicts.of(result, "All"))
        .satisfies(
            verdicts -> {
              List<String> positions = new ArrayList<>();
              verdicts.forEach(text -> positions.add(text.split(" ", -1)[1]));
              assertThat((int) positions.stream().distinct().count(), is(positions.size()));
              assertThat(positions.size(), is(size));
              return null;
            });
    pipeline.run();
  }

  @Test
  void leavesTimestampsAsTheyAre(TestPipeline pipeline) {
    Record first = flight("AA", "07:00:00", 1L, 5.0, "a", 0);
    Record copy = flight("AA", "07:00:00", 1L, 5.0, "b", 9);
    Record other = flight("AA", "07:00:00", 1L, 6.0, "c", 9);
    Record own = flight("AA", "07:00:10", 2L, 5.0, "d", 1);
    Deduplicated result =
        pipeline
            .apply(
                TestStream.create(CODER)
                    .addElements(
                        TimestampedValue.of(first, at("07:30:00")),
                        TimestampedValue.of(copy, at("07:40:00")),
                        TimestampedValue.of(other, at("07:50:00")),
                        TimestampedValue.of(own, own.eventTime()))
                    .advanceWatermarkToInfinity())
            .apply(
                DropDuplicates.byKey(List.of("flight"))
                    .within(Duration.standardMinutes(1))
                    .withShards(1));

    PAssert.that(timestamps(result.unique(), "Uniques"))
        .containsInAnyOrder(at("07:30:00"), own.eventTime());
    PAssert.that(timestamps(result.duplicates(), "Duplicates")).containsInAnyOrder(at("07:40:00"));
    PAssert.that(timestamps(result.conflicts(), "Conflicts")).containsInAnyOrder(at("07:50:00"));
    pipeline.run();
  }

  private static <T> PCollection<Instant> timestamps(PCollection<T> elements, String name) {
    return elements
        .apply("Reify" + name, Reify.timestamps())
        .apply(
            "Timestamps" + name,
            MapElements.into(TypeDescriptor.of(Instant.class)).via(TimestampedValue::getTimestamp));
  }

  @Test
  void asksForAHorizon() {
    PCollection<Record> records =
        Pipeline.create().apply(TestStream.create(CODER).advanceWatermarkToInfinity());

    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class, () -> records.apply(DropDuplicates.byContent()));
    assertThat(
        failure.getMessage(),
        is(
            "Missing required value: horizon (unbounded records are remembered for as long: set it with within(horizon))"));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array for the varargs of TestStream
  private static TestStream<Record> inBundles(List<Record> records, int size) {
    TestStream.Builder<Record> stream = TestStream.create(CODER);
    for (int from = 0; from < records.size(); from += size) {
      List<TimestampedValue<Record>> bundle =
          records.subList(from, Math.min(records.size(), from + size)).stream()
              .map(Flights::timed)
              .toList();
      stream =
          stream.addElements(
              bundle.get(0), bundle.subList(1, bundle.size()).toArray(TimestampedValue[]::new));
    }
    return stream.advanceWatermarkToInfinity();
  }

  private static List<Record> copies(Random random, int size) {
    List<Record> records = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String time = "07:%02d:%02d".formatted(random.nextInt(5), random.nextInt(60));
      int copies = 1 + random.nextInt(3);
      for (int copy = 0; copy < copies; copy++) {
        records.add(flight("AA", time, (long) i, (double) (i % 50), "f" + copy, i));
      }
    }
    return records;
  }

  private static MapElements<Record, String> toText() {
    return MapElements.into(TypeDescriptors.strings()).via(Record::toString);
  }
}
