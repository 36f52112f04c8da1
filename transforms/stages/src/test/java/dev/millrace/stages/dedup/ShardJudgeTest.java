package dev.millrace.stages.dedup;

import static dev.millrace.stages.Flights.flight;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.Record;
import dev.millrace.stages.Flights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShardJudgeTest {
  private static final DedupConfig BY_CONTENT = DedupConfig.of(List.of());
  private static final DedupConfig BY_FLIGHT = DedupConfig.of(List.of("flight"));
  private static final long MINUTE = 60_000;

  @Test
  void keepsTheFirstOfTwoCopiesByPosition() {
    Record second = flight("AA", "07:00:00", 1L, 5.0, "b.json", 0);
    Record first = flight("AA", "07:00:00", 1L, 5.0, "a.json", 9);
    Record third = flight("AA", "07:00:00", 1L, 5.0, "b.json", 1);

    assertThat(
        judge(BY_CONTENT, third, second, first),
        contains("unique a.json@9", "duplicate b.json@0", "duplicate b.json@1"));
  }

  @Test
  void keepsTheEarlierOfTwoCopies() {
    Record later = flight("AA", "07:01:00", 1L, 5.0, "a.json", 0);
    Record earlier = flight("AA", "07:00:00", 1L, 5.0, "b.json", 0);

    assertThat(
        judge(BY_CONTENT, later, earlier), contains("unique b.json@0", "duplicate a.json@0"));
  }

  @Test
  void keepsACopyThatIsBeyondTheHorizon() {
    Record first = flight("AA", "07:00:00", 1L, 5.0, "a.json", 0);
    Record atTheHorizon = flight("AA", "07:01:00", 1L, 5.0, "a.json", 1);
    Record beyond = flight("AA", "07:02:00.001", 1L, 5.0, "a.json", 2);

    assertThat(
        judge(BY_CONTENT.withHorizonMillis(MINUTE), first, atTheHorizon, beyond),
        contains("unique a.json@0", "duplicate a.json@1", "unique a.json@2"));
  }

  @Test
  void comparesACopyWithTheOneBeforeItAndNotOnlyWithTheFirst() {
    Record first = flight("AA", "07:00:00", 1L, 5.0, "a.json", 0);
    Record next = flight("AA", "07:01:00", 1L, 5.0, "a.json", 1);
    Record last = flight("AA", "07:02:00", 1L, 5.0, "a.json", 2);

    assertThat(
        judge(BY_CONTENT.withHorizonMillis(MINUTE), first, next, last),
        contains("unique a.json@0", "duplicate a.json@1", "duplicate a.json@2"));
  }

  @Test
  void callsOtherContentOfAKeyAConflictWithTheEarliestThatIsNear() {
    Record kept = flight("AA", "07:00:00", 1L, 5.0, "a.json", 0);
    Record other = flight("AA", "07:00:30", 1L, 6.0, "a.json", 1);
    Record another = flight("AA", "07:01:10", 1L, 7.0, "a.json", 2);

    assertThat(
        judge(BY_FLIGHT.withHorizonMillis(MINUTE), another, other, kept),
        contains(
            "unique a.json@0",
            "conflict a.json@1 with a.json@0",
            "conflict a.json@2 with a.json@1"));
  }

  @Test
  void judgesTheLastMinutesTheSameWithoutWhatIsAHorizonBeforeThem() {
    Random random = new Random(5);
    for (int round = 0; round < 50; round++) {
      DedupConfig config = BY_FLIGHT.withHorizonMillis(random.nextInt(60_000));
      List<Record> all = randomRecords(random, 200);
      long start = all.get(0).eventTimeMillis();
      List<Record> near =
          all.stream()
              .filter(record -> record.eventTimeMillis() >= start - config.horizonMillis())
              .toList();

      assertThat(
          from(start, near, judge(config, near.toArray(new Record[0]))),
          equalTo(from(start, all, judge(config, all.toArray(new Record[0])))));
    }
  }

  /** The verdicts on the records of a time and later. */
  private static List<String> from(long start, List<Record> records, List<String> verdicts) {
    List<String> later =
        records.stream()
            .filter(record -> record.eventTimeMillis() >= start)
            .map(ShardJudgeTest::position)
            .toList();
    return verdicts.stream()
        .filter(
            verdict ->
                later.contains(verdict.replaceFirst("^\\w+ ", "").replaceFirst(" with .*", "")))
        .toList();
  }

  @Test
  void callsACopyOfAConflictADuplicate() {
    Record kept = flight("AA", "07:00:00", 1L, 5.0, "a.json", 0);
    Record other = flight("AA", "07:00:01", 1L, 6.0, "a.json", 1);
    Record copy = flight("AA", "07:00:02", 1L, 6.0, "a.json", 2);

    assertThat(
        judge(BY_FLIGHT, kept, other, copy),
        contains("unique a.json@0", "conflict a.json@1 with a.json@0", "duplicate a.json@2"));
  }

  @Test
  void keepsTheSameKeyAgainBeyondTheHorizon() {
    Record first = flight("AA", "07:00:00", 1L, 5.0, "a.json", 0);
    Record later = flight("AA", "07:01:00.001", 1L, 6.0, "a.json", 1);

    assertThat(
        judge(BY_FLIGHT.withHorizonMillis(MINUTE), first, later),
        contains("unique a.json@0", "unique a.json@1"));
  }

  @Test
  void takesNullForAKeyLikeAnyOther() {
    Record first = flight("AA", "07:00:00", null, 5.0, "a.json", 0);
    Record second = flight("UA", "07:00:00", null, 5.0, "a.json", 1);
    Record zero = flight("UA", "07:00:00", 0L, 5.0, "a.json", 2);

    assertThat(
        judge(BY_FLIGHT, first, second, zero),
        contains("unique a.json@0", "conflict a.json@1 with a.json@0", "unique a.json@2"));
  }

  @Test
  void agreesWithTheDefinitionInAnyOrder() {
    Random random = new Random(42);
    for (int round = 0; round < 50; round++) {
      List<Record> records = randomRecords(random, 200);
      DedupConfig config =
          (round % 2 == 0 ? BY_FLIGHT : BY_CONTENT).withHorizonMillis(random.nextInt(20_000));
      List<String> expected = byDefinition(config, records);
      Collections.shuffle(records, random);

      assertThat(kinds(judge(config, records.toArray(new Record[0]))), equalTo(expected));
    }
  }

  @Test
  void judgesEveryRecordOnce() {
    Record[] records = randomRecords(new Random(7), 5000).toArray(new Record[0]);

    assertThat(judge(BY_FLIGHT, records).size(), is(5000));
  }

  @Test
  void judgesAnEmptyShard() {
    assertThat(judge(BY_CONTENT), equalTo(List.of()));
  }

  private static List<Record> randomRecords(Random random, int size) {
    List<Record> records = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String time = "07:%02d:%02d".formatted(random.nextInt(3), random.nextInt(60));
      records.add(
          flight("AA", time, (long) random.nextInt(8), (double) random.nextInt(3), "a.json", i));
    }
    return records;
  }

  /** The definition of {@link DropDuplicates}, word by word. */
  private static List<String> byDefinition(DedupConfig config, List<Record> records) {
    List<Record> ordered = new ArrayList<>(records);
    ordered.sort(
        Comparator.comparingLong(Record::eventTimeMillis).thenComparingLong(Record::offset));
    List<String> kinds = new ArrayList<>();
    for (int i = 0; i < ordered.size(); i++) {
      Record record = ordered.get(i);
      boolean copy = false;
      boolean sameKey = false;
      for (Record before : ordered.subList(0, i)) {
        boolean near =
            record.eventTimeMillis() - before.eventTimeMillis() <= config.horizonMillis();
        boolean sameContent = content(record).equals(content(before));
        copy |= near && sameContent;
        sameKey |=
            near
                && (config.key().isEmpty()
                    ? sameContent
                    : record.value("flight").equals(before.value("flight")));
      }
      String kind = copy ? "duplicate" : sameKey ? "conflict" : "unique";
      kinds.add(kind + " a.json@" + record.offset());
    }
    return kinds;
  }

  private static List<Object> content(Record record) {
    return Arrays.asList(record.value("carrier"), record.value("flight"), record.value("delay"));
  }

  private static List<String> kinds(List<String> verdicts) {
    return verdicts.stream().map(verdict -> verdict.replaceFirst(" with .*", "")).toList();
  }

  private static List<String> judge(DedupConfig config, Record... records) {
    List<String> verdicts = new ArrayList<>();
    Record[] array = Arrays.copyOf(records, records.length + 3);
    new ShardJudge(config, Flights.SCHEMA)
        .judge(
            array,
            records.length,
            new ShardJudge.Verdicts() {
              @Override
              public void unique(Record record) {
                verdicts.add("unique " + position(record));
              }

              @Override
              public void duplicate(Record record) {
                verdicts.add("duplicate " + position(record));
              }

              @Override
              public void conflict(Record record, Record other) {
                verdicts.add("conflict %s with %s".formatted(position(record), position(other)));
              }
            });
    return verdicts;
  }

  private static String position(Record record) {
    return record.source() + "@" + record.offset();
  }
}
