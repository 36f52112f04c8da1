package dev.millrace.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two who have the same in mind, each with a ledger of their own. */
class ContentionTest extends LedgerTest {
  private static final String OUTPUT = "/out/flights";
  private static final int ROUNDS = 40;

  private Ledger other;

  @BeforeEach
  void openAgain() {
    other = Ledger.open(location, clock);
  }

  @AfterEach
  void closeAgain() {
    other.close();
  }

  private Callable<Boolean> acquires(Ledger contender, String holder, List<String> partitions) {
    return () -> contender.leases().acquire(OUTPUT, partitions, holder, MINUTE).isEmpty();
  }

  @Test
  void oneAcquiresFreeLeases() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      assertThat(
          Race.of(
              List.of(
                  acquires(ledger, "r1", List.of(round + "a", round + "b")),
                  acquires(other, "r2", List.of(round + "b", round + "a", round + "c")))),
          containsInAnyOrder(true, false));
    }
  }

  @Test
  void oneTakesOverStaleLeases() throws Exception {
    ledger.leases().acquire(OUTPUT, List.of("a", "b"), "r0", MINUTE);
    for (int round = 0; round < ROUNDS; round++) {
      clock.advance(MINUTE.multipliedBy(2));
      assertThat(
          Race.of(
              List.of(
                  acquires(ledger, "r1", List.of("a", "b")),
                  acquires(other, "r2", List.of("b", "a")))),
          containsInAnyOrder(true, false));
      assertThat(
          ledger.leases().of(OUTPUT).stream().map(Lease::holder).distinct().toList(), hasSize(1));
    }
  }

  @Test
  void aHolderIsHeardOfOrLosesTheLease() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String holder = "holder" + round;
      List<String> partitions = List.of("p" + round);
      ledger.leases().acquire(OUTPUT, partitions, holder, MINUTE);
      clock.advance(MINUTE.multipliedBy(2));
      assertThat(
          Race.of(
              List.of(
                  () -> ledger.leases().heartbeat(OUTPUT, holder) == 1,
                  acquires(other, "heir" + round, partitions))),
          containsInAnyOrder(true, false));
    }
  }

  private Callable<Boolean> creates(Ledger contender, String id, int from, int to) {
    BackfillEntry backfill = Entries.backfill(id, OUTPUT, clock.instant());
    List<SliceEntry> slices =
        IntStream.range(from, to).mapToObj(day -> SliceEntry.planned(day(day))).toList();
    return () -> {
      try {
        contender.backfills().create(backfill, slices, MINUTE);
        return true;
      } catch (OverlapException e) {
        return false;
      }
    };
  }

  @Test
  void oneCreatesABackfillOfADay() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      int day = round * 3;
      assertThat(
          Race.of(
              List.of(
                  creates(ledger, "a" + round, day, day + 2),
                  creates(other, "b" + round, day + 1, day + 3))),
          containsInAnyOrder(true, false));
    }
  }

  @Test
  void oneTakesOverAStaleBackfill() throws Exception {
    creates(ledger, "b", 0, 1).call();
    for (int round = 0; round < ROUNDS; round++) {
      clock.advance(MINUTE.multipliedBy(2));
      assertThat(
          Race.of(
              List.of(
                  () -> ledger.backfills().takeOver("b", "grace", MINUTE),
                  () -> other.backfills().takeOver("b", "grace", MINUTE))),
          containsInAnyOrder(true, false));
    }
  }

  private Callable<Boolean> publishes(Ledger writer, String run, List<String> outputs) {
    return () -> {
      for (int round = 0; round < ROUNDS; round++) {
        writer.publishes().record(entries(run + round, outputs));
      }
      return true;
    };
  }

  private List<PublishEntry> entries(String run, List<String> outputs) {
    return outputs.stream()
        .map(output -> Entries.publish(output, "dt=2001-01-15", run, clock.instant()))
        .toList();
  }

  @Test
  void allPublishesAreKept() throws Exception {
    Race.of(
        List.of(
            publishes(ledger, "a", List.of("x", "y")),
            publishes(ledger, "b", List.of("y", "x")),
            publishes(other, "c", List.of("x", "y")),
            publishes(other, "d", List.of("y", "x"))));
    for (String output : List.of("x", "y")) {
      List<PublishEntry> history = ledger.publishes().history(output, "records", "dt=2001-01-15");
      assertThat(history, hasSize(4 * ROUNDS));
      assertThat(ledger.publishes().current(output), is(history.subList(0, 1)));
    }
  }
}
