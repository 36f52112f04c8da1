package dev.millrace.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeasesTest extends LedgerTest {
  private static final String OUTPUT = "/out/flights";

  private Optional<Lease> acquire(String holder, String... partitions) {
    return ledger.leases().acquire(OUTPUT, List.of(partitions), holder, MINUTE);
  }

  private Lease lease(String partition, String holder, Instant since) {
    return new Lease(OUTPUT, partition, holder, since, clock.instant());
  }

  @Test
  void areAcquiredTogether() {
    assertThat(acquire("r1", "b", "a", "b"), is(Optional.empty()));
    assertThat(
        ledger.leases().of(OUTPUT),
        contains(lease("a", "r1", clock.instant()), lease("b", "r1", clock.instant())));
    assertThat(ledger.leases().of("/out/other"), is(empty()));
  }

  @Test
  void areNotAcquiredWhenOneIsHeld() {
    acquire("r1", "c", "b");
    assertThat(
        acquire("r2", "d", "c", "b", "a"), is(Optional.of(lease("b", "r1", clock.instant()))));
    assertThat(
        ledger.leases().of(OUTPUT),
        contains(lease("b", "r1", clock.instant()), lease("c", "r1", clock.instant())));
  }

  @Test
  void areAnOutputsOwn() {
    acquire("r1", "a");
    assertThat(
        ledger.leases().acquire("/out/other", List.of("a"), "r2", MINUTE), is(Optional.empty()));
    assertThat(acquire("r3"), is(Optional.empty()));
  }

  @Test
  void stayTheHoldersWhenAcquiredAgain() {
    Instant start = clock.instant();
    acquire("r1", "a");
    clock.advance(Duration.ofHours(1));
    assertThat(acquire("r1", "a", "b"), is(Optional.empty()));
    assertThat(
        ledger.leases().of(OUTPUT),
        contains(lease("a", "r1", start), lease("b", "r1", clock.instant())));
  }

  @Test
  void areTakenOverOnlyWhenStale() {
    acquire("r1", "a");
    clock.advance(Duration.ofSeconds(30));
    assertThat(ledger.leases().heartbeat(OUTPUT, "r1"), is(1));
    Lease held = ledger.leases().of(OUTPUT).get(0);
    assertThat(held.heartbeatAt(), is(clock.instant()));
    clock.advance(MINUTE);
    assertThat(acquire("r2", "a"), is(Optional.of(held)));
    clock.advance(Duration.ofNanos(1000));
    assertThat(acquire("r2", "a"), is(Optional.empty()));
    assertThat(ledger.leases().of(OUTPUT), contains(lease("a", "r2", clock.instant())));
    assertThat(ledger.leases().heartbeat(OUTPUT, "r1"), is(0));
  }

  @Test
  void areFreeOnceReleased() {
    acquire("r1", "a", "b");
    ledger.leases().release(OUTPUT, "r1");
    ledger.leases().release(OUTPUT, "r1");
    assertThat(ledger.leases().of(OUTPUT), is(empty()));
    assertThat(acquire("r2", "a"), is(Optional.empty()));
    ledger.leases().release(OUTPUT, "r1");
    assertThat(ledger.leases().of(OUTPUT), contains(lease("a", "r2", clock.instant())));
  }
}
