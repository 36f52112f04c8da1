package dev.millrace.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunsTest extends LedgerTest {
  private static final Counts COUNTS = new Counts(15, 5, 4, 3, 2, 1);
  private static final List<AuditEntry> PASSED =
      List.of(new AuditEntry("conservation", true, "15 records"), new AuditEntry("a", true, ""));
  private static final List<AuditEntry> REFUSED =
      List.of(new AuditEntry("conservation", false, "1 record too few"));

  private RunEntry started(String id) {
    return Entries.run(id, clock.instant());
  }

  private RunEntry found(String id) {
    return ledger.runs().find(id).orElseThrow();
  }

  @Test
  void isReadAsItWasStarted() {
    ledger.runs().start(started("r1"));
    assertThat(found("r1"), is(started("r1")));
    assertThat(ledger.runs().audit("r1"), is(empty()));
    assertThat(ledger.runs().find("r2"), is(Optional.empty()));
  }

  @Test
  void staysWhenTheLedgerIsOpenedAgain() {
    ledger.runs().start(started("r1"));
    try (Ledger other = Ledger.open(location, clock)) {
      assertThat(other.runs().find("r1"), is(Optional.of(started("r1"))));
    }
  }

  @Test
  void startsOnceIfStartedTwice() {
    ledger.runs().start(started("r1"));
    ledger.runs().start(started("r1"));
    assertThat(ledger.runs().of("/out/flights"), contains(started("r1")));
  }

  @Test
  void startsOnceWithoutASlice() {
    RunEntry run = Entries.run("r1", clock.instant(), Optional.empty());
    ledger.runs().start(run);
    ledger.runs().start(run);
    assertThat(found("r1"), is(run));
    assertThrows(IllegalArgumentException.class, () -> ledger.runs().start(started("r1")));
  }

  @Test
  void refusesAnotherRunOfTheSameId() {
    ledger.runs().start(started("r1"));
    RunEntry first = started("r1");
    clock.advance(MINUTE);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ledger.runs().start(started("r1")));
    assertThat(
        e.getMessage(),
        is("Invalid run: r1 (expected another id: ledger " + location + " has a run of this one)"));
    assertThat(found("r1"), is(first));
  }

  @Test
  void isStagedWithItsAudit() {
    ledger.runs().start(started("r1"));
    Instant start = clock.instant();
    clock.advance(MINUTE);
    ledger.runs().staged("r1", COUNTS, "3 files", PASSED);
    ledger.runs().staged("r1", COUNTS, "3 files", PASSED);
    RunEntry run = found("r1");
    assertThat(run.state(), is(RunState.STAGED));
    assertThat(run.startedAt(), is(start));
    assertThat(run.heartbeatAt(), is(clock.instant()));
    assertThat(run.endedAt(), is(Optional.empty()));
    assertThat(run.counts(), is(Optional.of(COUNTS)));
    assertThat(run.inputs(), is(Optional.of("3 files")));
    assertThat(ledger.runs().audit("r1"), is(PASSED));
  }

  @Test
  void hasEndedIfItsAuditFailed() {
    ledger.runs().start(started("r1"));
    clock.advance(MINUTE);
    Instant refusedAt = clock.instant();
    ledger.runs().staged("r1", COUNTS, "3 files", REFUSED);
    clock.advance(MINUTE);
    ledger.runs().staged("r1", COUNTS, "3 files", REFUSED);
    ledger.runs().end("r1", RunState.REFUSED, Optional.of("1 record too few"));
    RunEntry run = found("r1");
    assertThat(run.state(), is(RunState.REFUSED));
    assertThat(run.endedAt(), is(Optional.of(refusedAt)));
    assertThat(run.counts(), is(Optional.of(COUNTS)));
    assertThat(run.failure(), is(Optional.of("1 record too few")));
    assertThat(ledger.runs().audit("r1"), is(REFUSED));
  }

  @Test
  void replacesAnAuditThatIsDoneAgain() {
    ledger.runs().start(started("r1"));
    ledger.runs().staged("r1", COUNTS, "3 files", PASSED);
    ledger.runs().staged("r1", COUNTS, "3 files", REFUSED);
    assertThat(found("r1").state(), is(RunState.REFUSED));
    assertThat(ledger.runs().audit("r1"), is(REFUSED));
  }

  @ParameterizedTest
  @EnumSource(names = {"PUBLISHED", "FAILED", "REFUSED", "CANCELLED"})
  void endsOnce(RunState state) {
    ledger.runs().start(started("r1"));
    Instant start = clock.instant();
    clock.advance(MINUTE);
    Instant end = clock.instant();
    ledger.runs().end("r1", state, Optional.of("the disk \0 is \uD800 full"));
    clock.advance(MINUTE);
    ledger.runs().end("r1", state, Optional.of("again"));
    ledger.runs().heartbeat("r1");
    RunEntry run = found("r1");
    assertThat(run.state(), is(state));
    assertThat(run.endedAt(), is(Optional.of(end)));
    assertThat(run.heartbeatAt(), is(start));
    assertThat(run.failure(), is(Optional.of("the disk \uFFFD is \uFFFD full")));
  }

  @Test
  void refusesAnotherEnd() {
    ledger.runs().start(started("r1"));
    ledger.runs().end("r1", RunState.CANCELLED, Optional.empty());
    IllegalStateException published =
        assertThrows(
            IllegalStateException.class,
            () -> ledger.runs().end("r1", RunState.PUBLISHED, Optional.empty()));
    assertThat(
        published.getMessage(),
        is(
            "Cannot set run r1 of ledger %s to PUBLISHED: it ended as CANCELLED at 2001-01-15T10:00:00.000001Z"
                .formatted(location)));
    IllegalStateException staged =
        assertThrows(
            IllegalStateException.class,
            () -> ledger.runs().staged("r1", COUNTS, "3 files", PASSED));
    assertThat(
        staged.getMessage(),
        is(
            "Cannot set run r1 of ledger %s to STAGED: it ended as CANCELLED at 2001-01-15T10:00:00.000001Z"
                .formatted(location)));
    assertThat(found("r1").state(), is(RunState.CANCELLED));
    assertThat(found("r1").counts(), is(Optional.empty()));
  }

  @Test
  void refusesAnEndThatIsNone() {
    ledger.runs().start(started("r1"));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> ledger.runs().end("r1", RunState.STAGED, Optional.empty()));
    assertThat(e.getMessage(), is("Invalid state: STAGED (expected one that a run ends in)"));
  }

  @Test
  void isHeardOf() {
    ledger.runs().start(started("r1"));
    clock.advance(MINUTE);
    ledger.runs().heartbeat("r1");
    assertThat(found("r1").heartbeatAt(), is(clock.instant()));
  }

  @Test
  void saysThatItIsUnknown() {
    String message = "Cannot find run r9 in ledger " + location;
    List<Executable> calls =
        List.of(
            () -> ledger.runs().heartbeat("r9"),
            () -> ledger.runs().staged("r9", COUNTS, "", PASSED),
            () -> ledger.runs().end("r9", RunState.FAILED, Optional.empty()));
    for (Executable call : calls) {
      assertThat(assertThrows(IllegalArgumentException.class, call).getMessage(), is(message));
    }
  }

  @Test
  void areListedNewestFirst() {
    ledger.runs().start(started("z"));
    clock.advance(MINUTE);
    ledger.runs().start(started("a"));
    ledger.runs().start(started("B"));
    ledger.runs().start(started("b"));
    assertThat(
        ledger.runs().of("/out/flights").stream().map(RunEntry::id).toList(),
        contains("b", "a", "B", "z"));
    assertThat(ledger.runs().of("/out/other"), is(empty()));
  }
}
