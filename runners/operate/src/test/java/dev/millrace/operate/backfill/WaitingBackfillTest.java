package dev.millrace.operate.backfill;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.millrace.ledger.BackfillEntry;
import dev.millrace.ledger.BackfillState;
import dev.millrace.ledger.Interval;
import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.LedgerLocation;
import dev.millrace.ledger.SliceEntry;
import dev.millrace.ledger.SliceState;
import dev.millrace.operate.input.InputWait;
import dev.millrace.operate.input.InputWait.OnMissing;
import dev.millrace.operate.run.Owner;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backfills of slices whose input never comes, so that none of them needs a worker. */
@Timeout(30)
final class WaitingBackfillTest {
  private static final List<String> NO_WORKER = List.of("/no/such/worker");
  private static final Instant DAY = Instant.parse("2001-01-01T00:00:00Z");

  private final List<SliceState> told = new ArrayList<>();

  @TempDir private Path folder;
  private Ledger ledger;
  private BackfillEntry backfill;

  @BeforeEach
  void createBackfill() {
    ledger = Ledger.open(LedgerLocation.file(folder.resolve("ledger.db")), Clock.systemUTC());
    backfill =
        new BackfillEntry(
            "backfill-1",
            "ingest",
            List.of(),
            List.of(),
            folder.resolve("out").toString(),
            "[2001-01-01, 2001-01-02) by 1d",
            2,
            "none",
            false,
            BackfillState.RUNNING,
            Owner.self().toString(),
            "",
            Instant.now(Clock.systemUTC()),
            Instant.now(Clock.systemUTC()),
            Optional.empty());
    ledger
        .backfills()
        .create(
            backfill,
            List.of(SliceEntry.planned(new Interval(DAY, DAY.plus(Duration.ofDays(1))))),
            Duration.ofMinutes(1));
  }

  @AfterEach
  void closeLedger() {
    ledger.close();
  }

  @Test
  void failsASliceWhoseInputDoesNotCome() throws Exception {
    assertThat(run(Duration.ZERO, () -> {}), is(BackfillState.FAILED));
    assertThat(told, contains(SliceState.PLANNED, SliceState.FAILED));
    assertThat(
        slice().note(),
        startsWith("Cannot find %s: not there after ".formatted(folder.resolve("2001-01-01.gz"))));
  }

  @Test
  void doesNotKeepWhoeverCancelsItWaiting() throws Exception {
    BackfillState state = run(Duration.ofDays(1), () -> backfills().cancel(backfill.id()));
    assertThat(state, is(BackfillState.CANCELLED));
    assertThat(slice().state(), is(SliceState.CANCELLED));
  }

  @Test
  void leavesASlicePlannedThatWaitsWhenItIsPaused() throws Exception {
    BackfillState state = run(Duration.ofDays(1), () -> backfills().pause(backfill.id()));
    assertThat(state, is(BackfillState.PAUSED));
    assertThat(slice().state(), is(SliceState.PLANNED));
  }

  private Backfill backfills() {
    return Backfill.in(ledger, Clock.systemUTC(), Owner.self());
  }

  private SliceEntry slice() {
    return ledger.backfills().slices(backfill.id()).get(0);
  }

  private BackfillState run(Duration timeout, Runnable whileItWaits) throws InterruptedException {
    BackfillProgress progress =
        new BackfillProgress() {
          @Override
          public void started(SliceEntry slice) {
            told.add(slice.state());
            whileItWaits.run();
          }

          @Override
          public void ended(SliceEntry slice) {
            told.add(slice.state());
          }
        };
    InputWait wait = new InputWait(List.of(folder + "/{date}.gz"), timeout, OnMissing.FAIL);
    return BackfillRun.of(ledger, Clock.systemUTC(), backfill, Duration.ofHours(1), progress)
        .withWait(wait)
        .run(NO_WORKER);
  }
}
