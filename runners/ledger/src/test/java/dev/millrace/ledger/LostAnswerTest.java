package dev.millrace.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The server commits, and the connection is gone before it can say so. The ledger does it again,
 * and that changes nothing.
 */
class LostAnswerTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String OUTPUT = "/out/flights";
  private static final Interval DAY =
      new Interval(Instant.parse("2001-01-15T00:00:00Z"), Instant.parse("2001-01-16T00:00:00Z"));

  private final ManualClock clock = new ManualClock();
  private LossyProxy proxy;
  private Ledger ledger;

  /** Without prepared statements, since the proxy has to see the word in each commit. */
  @BeforeEach
  void open() throws IOException {
    String schema = Postgresql.unused().backend().schema().orElseThrow();
    proxy = new LossyProxy(Postgresql.port());
    String url = Postgresql.url(proxy.port());
    ledger =
        Ledger.open(
            LedgerLocation.url(url + "?prepareThreshold=0&currentSchema=" + schema)
                .withUser("postgres"),
            clock);
  }

  @AfterEach
  void close() throws IOException {
    ledger.close();
    proxy.close();
  }

  /** Does it, and its first answer is lost. */
  private void lossy(Runnable call) {
    int before = proxy.lost();
    proxy.loseNextAnswer();
    call.run();
    assertThat(proxy.lost(), is(before + 1));
  }

  @Test
  void ofARun() {
    RunEntry run = Entries.run("r1", clock.instant());
    List<AuditEntry> audit = List.of(new AuditEntry("conservation", true, "15 records"));
    lossy(() -> ledger.runs().start(run, Optional.empty(), MINUTE));
    assertThat(ledger.runs().of(run.output()), contains(run));
    clock.advance(MINUTE);
    lossy(() -> ledger.runs().heartbeat(Entries.key("r1"), Optional.empty()));
    lossy(
        () ->
            ledger
                .runs()
                .staged(Entries.key("r1"), new Counts(15, 5, 4, 3, 2, 1), "3 files", audit));
    assertThat(ledger.runs().audit(Entries.key("r1")), is(audit));
    Instant end = clock.instant();
    lossy(() -> ledger.runs().end(Entries.key("r1"), RunState.PUBLISHED, Optional.empty()));
    RunEntry ended = ledger.runs().find(Entries.key("r1")).orElseThrow();
    assertThat(ended.state(), is(RunState.PUBLISHED));
    assertThat(ended.endedAt(), is(Optional.of(end)));
  }

  @Test
  void ofPublishes() {
    PublishEntry first = Entries.publish(OUTPUT, "dt=2001-01-14", "r1", clock.instant());
    PublishEntry second = Entries.publish(OUTPUT, "dt=2001-01-15", "r1", clock.instant());
    lossy(() -> ledger.publishes().record(List.of(first, second)));
    assertThat(ledger.publishes().current(OUTPUT), contains(first, second));
    assertThat(ledger.publishes().history(OUTPUT, "records", "dt=2001-01-14"), contains(first));
  }

  @Test
  void ofABackfill() {
    BackfillEntry backfill = Entries.backfill("b1", OUTPUT, clock.instant());
    lossy(() -> ledger.backfills().create(backfill, List.of(SliceEntry.planned(DAY)), MINUTE));
    assertThat(ledger.backfills().all(), contains(backfill));
    assertThat(ledger.backfills().slices("b1"), contains(SliceEntry.planned(DAY)));
    lossy(() -> ledger.backfills().heartbeat("b1"));
    lossy(() -> ledger.backfills().letGo("b1"));
    lossy(
        () ->
            assertThat(
                ledger.backfills().state("b1", BackfillState.FAILED), is(BackfillState.FAILED)));
  }

  @Test
  void ofATakeover() {
    BackfillEntry backfill = Entries.backfill("b1", OUTPUT, clock.instant());
    ledger.backfills().create(backfill, List.of(SliceEntry.planned(DAY)), MINUTE);
    ledger.backfills().letGo("b1");
    // Of the ticket, and then of the takeover itself.
    lossy(() -> assertThat(ledger.backfills().takeOver("b1", "grace", MINUTE), is(true)));
    assertThat(ledger.backfills().takeOver("b1", "grace", MINUTE), is(false));
    ledger.backfills().letGo("b1");
    proxy.loseNextAnswerButOne();
    assertThat(ledger.backfills().takeOver("b1", "grace", MINUTE), is(true));
    assertThat(proxy.lost(), is(2));
    assertThat(ledger.backfills().takeOver("b1", "grace", MINUTE), is(false));
  }

  @Test
  void ofLeases() {
    lossy(
        () ->
            assertThat(
                ledger.leases().acquire(OUTPUT, List.of("a"), "r1", MINUTE), is(Optional.empty())));
    lossy(() -> assertThat(ledger.leases().heartbeat(OUTPUT, "r1"), is(1)));
    lossy(() -> ledger.leases().release(OUTPUT, "r1"));
    assertThat(ledger.leases().of(OUTPUT), is(empty()));
  }
}
