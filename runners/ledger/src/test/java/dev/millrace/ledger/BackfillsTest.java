package dev.millrace.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackfillsTest extends LedgerTest {
  private BackfillEntry backfill(String id) {
    return Entries.backfill(id, "/out/flights", clock.instant());
  }

  private static List<SliceEntry> days(int from, int to) {
    return IntStream.range(from, to).mapToObj(day -> SliceEntry.planned(day(day))).toList();
  }

  private void create(String id, int from, int to) {
    ledger.backfills().create(backfill(id), days(from, to), MINUTE);
  }

  private BackfillEntry found(String id) {
    return ledger.backfills().find(id).orElseThrow();
  }

  @Test
  void isReadAsItWasCreated() {
    create("b1", 0, 3);
    create("b1", 0, 3);
    assertThat(ledger.backfills().all(), contains(backfill("b1")));
    assertThat(ledger.backfills().slices("b1"), is(days(0, 3)));
    assertThat(ledger.backfills().state("b1"), is(BackfillState.RUNNING));
    assertThat(ledger.backfills().find("b2"), is(Optional.empty()));
    assertThat(ledger.backfills().slices("b2"), is(empty()));
  }

  @Test
  void refusesAnotherBackfillOfTheSameId() {
    create("b1", 0, 3);
    clock.advance(MINUTE);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> create("b1", 3, 4));
    assertThat(
        e.getMessage(),
        is(
            "Invalid backfill: b1 (expected another id: ledger %s has a backfill of this one)"
                .formatted(location)));
    assertThat(ledger.backfills().slices("b1"), is(days(0, 3)));
  }

  @Test
  void areListedNewestFirst() {
    create("z", 0, 1);
    clock.advance(MINUTE);
    create("B", 1, 2);
    create("a", 2, 3);
    assertThat(
        ledger.backfills().all().stream().map(BackfillEntry::id).toList(), contains("a", "B", "z"));
  }

  @Test
  void keepsOthersFromItsSlices() {
    create("b1", 0, 3);
    OverlapException e = assertThrows(OverlapException.class, () -> create("b2", 2, 5));
    assertThat(
        e.getMessage(),
        is(
            "Cannot start backfill b2 of /out/flights: backfill b1 goes on, and has the slice"
                + " [2001-01-17T00:00:00Z, 2001-01-18T00:00:00Z): wait for it, or cancel it"));
    assertThat(e.other(), is("b1"));
    assertThat(ledger.backfills().find("b2"), is(Optional.empty()));
    assertThat(ledger.backfills().slices("b2"), is(empty()));
    create("b3", 3, 5);
  }

  @Test
  void keepsOthersOutOnlyWhileItIsHeardOf() {
    create("b1", 0, 3);
    clock.advance(Duration.ofSeconds(30));
    ledger.backfills().heartbeat("b1");
    assertThat(found("b1").heartbeatAt(), is(clock.instant()));
    clock.advance(MINUTE);
    assertThrows(OverlapException.class, () -> create("b2", 2, 5));
    clock.advance(Duration.ofNanos(1000));
    create("b2", 2, 5);
  }

  @ParameterizedTest
  @EnumSource(names = "RUNNING", mode = EnumSource.Mode.EXCLUDE)
  void keepsOthersOutOnlyWhileItRuns(BackfillState state) {
    create("b1", 0, 3);
    ledger.backfills().state("b1", state);
    create("b2", 0, 3);
  }

  @Test
  void isTakenOverOnlyWhenStale() {
    create("b1", 0, 3);
    clock.advance(MINUTE);
    assertThat(ledger.backfills().takeOver("b1", "grace", MINUTE), is(false));
    clock.advance(Duration.ofNanos(1000));
    assertThat(ledger.backfills().takeOver("b1", "grace", MINUTE), is(true));
    assertThat(ledger.backfills().takeOver("b1", "grace", MINUTE), is(false));
    assertThat(found("b1").heartbeatAt(), is(clock.instant()));
    assertThat(found("b1").actor(), is("grace"));
  }

  @ParameterizedTest
  @EnumSource(names = "RUNNING", mode = EnumSource.Mode.EXCLUDE)
  void isTakenOverAtOnceWhenItsProcessHasLetItGo(BackfillState state) {
    create("b1", 0, 3);
    ledger.backfills().state("b1", state);
    assertThat(ledger.backfills().takeOver("b1", "grace", MINUTE), is(false));
    ledger.backfills().letGo("b1");
    assertThat(ledger.backfills().takeOver("b1", "grace", MINUTE), is(true));
    assertThat(ledger.backfills().state("b1"), is(BackfillState.RUNNING));
    assertThat(found("b1").endedAt(), is(Optional.empty()));
  }

  @Test
  void isNotTakenOverIntoTheSlicesOfAnother() {
    create("b1", 0, 3);
    ledger.backfills().state("b1", BackfillState.PAUSED);
    ledger.backfills().letGo("b1");
    create("b2", 2, 5);
    OverlapException e =
        assertThrows(
            OverlapException.class, () -> ledger.backfills().takeOver("b1", "grace", MINUTE));
    assertThat(e.other(), is("b2"));
    assertThat(ledger.backfills().state("b1"), is(BackfillState.PAUSED));
  }

  @Test
  void staysAtItsEnd() {
    create("b1", 0, 3);
    assertThat(ledger.backfills().state("b1", BackfillState.PAUSED), is(BackfillState.PAUSED));
    assertThat(found("b1").endedAt(), is(Optional.empty()));
    Instant end = clock.instant();
    assertThat(
        ledger.backfills().state("b1", BackfillState.CANCELLED), is(BackfillState.CANCELLED));
    clock.advance(MINUTE);
    assertThat(ledger.backfills().state("b1", BackfillState.DONE), is(BackfillState.CANCELLED));
    assertThat(
        ledger.backfills().state("b1", BackfillState.CANCELLED), is(BackfillState.CANCELLED));
    assertThat(found("b1").endedAt(), is(Optional.of(end)));
  }

  @Test
  void keepsWhatBecameOfASlice() {
    create("b1", 0, 3);
    SliceEntry published =
        new SliceEntry(
            day(1),
            SliceState.PUBLISHED,
            2,
            Optional.of("r7"),
            "the second time",
            Optional.of(clock.instant()),
            Optional.of(clock.instant().plus(MINUTE)),
            Optional.of(new Counts(15, 5, 4, 3, 2, 1)));
    ledger.backfills().slice("b1", published);
    ledger.backfills().slice("b1", published);
    assertThat(
        ledger.backfills().slices("b1"),
        contains(SliceEntry.planned(day(0)), published, SliceEntry.planned(day(2))));
    ledger.backfills().slice("b1", SliceEntry.planned(day(1)));
    assertThat(ledger.backfills().slices("b1"), is(days(0, 3)));
  }

  @Test
  void saysWhatIsUnknown() {
    create("b1", 0, 3);
    String message = "Cannot find backfill b9 in ledger " + location;
    List<Executable> calls =
        List.of(
            () -> ledger.backfills().heartbeat("b9"),
            () -> ledger.backfills().letGo("b9"),
            () -> ledger.backfills().state("b9"),
            () -> ledger.backfills().state("b9", BackfillState.DONE),
            () -> ledger.backfills().takeOver("b9", "grace", MINUTE));
    for (Executable call : calls) {
      assertThat(assertThrows(IllegalArgumentException.class, call).getMessage(), is(message));
    }
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> ledger.backfills().slice("b1", SliceEntry.planned(day(3))));
    assertThat(
        e.getMessage(),
        is(
            "Cannot find slice [2001-01-18T00:00:00Z, 2001-01-19T00:00:00Z) of backfill b1 in ledger "
                + location));
  }
}
