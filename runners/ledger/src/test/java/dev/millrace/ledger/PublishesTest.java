package dev.millrace.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PublishesTest extends LedgerTest {

  private PublishEntry published(String table, String partition, String run) {
    return new PublishEntry(
        "/out/flights",
        table,
        partition,
        run,
        PublishAction.PUBLISH,
        Optional.empty(),
        1L << 40,
        1L << 50,
        3,
        7,
        clock.instant(),
        Optional.of(DAY));
  }

  private PublishEntry rolledBack(String table, String partition, String run, String replaced) {
    return new PublishEntry(
        "/out/flights",
        table,
        partition,
        run,
        PublishAction.ROLLBACK,
        Optional.of(replaced),
        0,
        0,
        0,
        0,
        clock.instant(),
        Optional.empty());
  }

  private void record(PublishEntry... entries) {
    ledger.publishes().record(List.of(entries));
  }

  @Test
  void areReadAsTheyWereRecorded() {
    PublishEntry first = published("records", "dt=2001-01-15", "r1");
    record(first);
    PublishEntry back = rolledBack("records", "dt=2001-01-14", "r0", "r1");
    record(back);
    assertThat(ledger.publishes().current("/out/flights"), contains(back, first));
    assertThat(
        ledger.publishes().history("/out/flights", "records", "dt=2001-01-15"), contains(first));
    assertThat(ledger.publishes().current("/out/other"), is(empty()));
    assertThat(ledger.publishes().history("/out/flights", "late", "dt=2001-01-15"), is(empty()));
  }

  @Test
  void areCurrentByTableAndPartition() {
    PublishEntry upper = published("Late", "dt=2001-01-15", "r1");
    PublishEntry late = published("late", "dt=2001-01-15", "r1");
    PublishEntry day10 = published("records", "dt=2001-01-10", "r1");
    PublishEntry day9 = published("records", "dt=2001-01-9", "r1");
    record(day9, late, upper, day10);
    assertThat(ledger.publishes().current("/out/flights"), contains(upper, late, day10, day9));
  }

  @Test
  void areInTheOrderOfRecording() {
    PublishEntry first = published("records", "dt=2001-01-15", "r1");
    clock.advance(Duration.ofSeconds(-3));
    PublishEntry second = published("records", "dt=2001-01-15", "r2");
    PublishEntry third = rolledBack("records", "dt=2001-01-15", "r1", "r2");
    record(first);
    record(second, third);
    assertThat(
        ledger.publishes().history("/out/flights", "records", "dt=2001-01-15"),
        contains(third, second, first));
    assertThat(ledger.publishes().current("/out/flights"), contains(third));
  }

  @Test
  void areThereOnceIfRecordedTwice() {
    PublishEntry first = published("records", "dt=2001-01-15", "r1");
    PublishEntry second = published("records", "dt=2001-01-15", "r2");
    record(first, first);
    record(second);
    record(first);
    assertThat(
        ledger.publishes().history("/out/flights", "records", "dt=2001-01-15"),
        contains(second, first));
    assertThat(ledger.publishes().current("/out/flights"), contains(second));
  }

  @Test
  void areRecordedAllOrNone() {
    PublishEntry good = published("records", "dt=2001-01-15", "r1");
    PublishEntry bad = published("records", null, "r1");
    assertThrows(LedgerException.class, () -> record(good, bad));
    assertThat(ledger.publishes().current("/out/flights"), is(empty()));
    ledger.publishes().record(List.of());
  }

  @Test
  void areRecordedByThousands() {
    PublishEntry[] days =
        IntStream.range(10_000, 15_000)
            .mapToObj(day -> published("records", "dt=" + day, "r1"))
            .toArray(PublishEntry[]::new);
    record(days);
    assertThat(ledger.publishes().current("/out/flights"), contains(days));
  }

  @Test
  void tellsWhatWasThereFirst() {
    PublishEntry first = published("records", "dt=2001-01-15", "r1");
    PublishEntry other = published("records", "dt=2001-01-14", "r1");
    record(first, other);
    clock.advance(MINUTE);
    record(published("records", "dt=2001-01-15", "r2"));
    record(rolledBack("records", "dt=2001-01-14", "r0", "r1"));

    assertThat(ledger.publishes().first("/out/flights"), contains(other, first));
    assertThat(ledger.publishes().first("/out/none"), is(empty()));
  }
}
