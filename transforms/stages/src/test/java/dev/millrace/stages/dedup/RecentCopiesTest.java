package dev.millrace.stages.dedup;

import static dev.millrace.stages.Flights.flight;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.Record;
import dev.millrace.stages.Flights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentCopiesTest {
  private static final DedupConfig BY_FLIGHT = DedupConfig.of(List.of("flight"));
  private static final Record FIRST = flight("AA", "07:00:00", 1L, 5.0, "a.json", 1);

  private final RecordHashes hashes = new RecordHashes(Flights.SCHEMA, BY_FLIGHT.key());
  private final RecentCopies recent = new RecentCopies(Flights.SCHEMA, BY_FLIGHT);

  @Test
  void tellsEveryCopyButTheFirst() {
    int told = 0;
    for (int i = 0; i < 10_000; i++) {
      long flight = i % 10 < 8 ? 1 : i;
      told += isCopy(flight("AA", "07:00:00", flight, 5.0, "a.json", i)) ? 1 : 0;
    }

    // Keys that share its part of the memory make it forget the key for a moment.
    assertThat(told, greaterThan(7900));
  }

  @Test
  void leavesWhatIsNoCopyToItsShard() {
    assertThat(isCopy(FIRST), is(false));

    assertThat(isCopy(flight("AA", "07:00:00", 1L, 6.0, "a.json", 2)), is(false));
    assertThat(isCopy(flight("AA", "07:00:00", 2L, 5.0, "a.json", 3)), is(false));
  }

  @Test
  void leavesACopyOfAnotherTimeToItsShardBecauseOthersMayBeNearToThatOneOnly() {
    assertThat(isCopy(FIRST), is(false));

    assertThat(isCopy(flight("AA", "07:00:01", 1L, 5.0, "a.json", 2)), is(false));
  }

  @Test
  void leavesACopyThatComesBeforeToItsShard() {
    assertThat(isCopy(FIRST), is(false));

    assertThat(isCopy(flight("AA", "07:00:00", 1L, 5.0, "a.json", 0)), is(false));
    assertThat(isCopy(flight("AA", "07:00:00", 1L, 5.0, "b.json", 0)), is(true));
  }

  @Test
  void forgetsTheRecordsOfABundle() {
    assertThat(isCopy(FIRST), is(false));

    recent.clear();

    assertThat(isCopy(flight("AA", "07:00:00", 1L, 5.0, "a.json", 2)), is(false));
  }

  @Test
  void changesNoVerdictWhateverTheOrderAndTheBundles() {
    Random random = new Random(8);
    int told = 0;
    for (int round = 0; round < 100; round++) {
      List<Record> records = skewedRecords(random, 300);
      Collections.shuffle(records, random);
      long horizon = random.nextInt(4) * 1000L;
      List<String> verdicts = new ArrayList<>();
      List<Record> left = new ArrayList<>();
      for (Record record : records) {
        if (random.nextInt(50) == 0) {
          recent.clear();
        }
        if (isCopy(record)) {
          verdicts.add("duplicate %s@%d".formatted(record.source(), record.offset()));
          told++;
        } else {
          left.add(record);
        }
      }
      recent.clear();
      verdicts.addAll(Verdicts.inOneShard(left, "flight", horizon));

      assertThat(
          verdicts,
          containsInAnyOrder(
              Verdicts.inOneShard(records, "flight", horizon).toArray(new String[0])));
    }
    assertThat(told, greaterThan(1000));
  }

  /** Four of five have one key; times, contents and sources are few, so that all cases occur. */
  private static List<Record> skewedRecords(Random random, int size) {
    List<Record> records = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      records.add(
          flight(
              "AA",
              "07:00:%02d".formatted(random.nextInt(8)),
              random.nextInt(10) < 8 ? 1L : random.nextInt(5),
              random.nextInt(10) < 8 ? 5.0 : 6.0,
              "s%d.json".formatted(random.nextInt(3)),
              i));
    }
    return records;
  }

  private boolean isCopy(Record record) {
    hashes.readKey(record);
    return recent.isCopy(record, hashes);
  }
}
