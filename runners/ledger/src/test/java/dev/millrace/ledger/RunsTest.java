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
    return ledger.runs().find(Entries.key(id)).orElseThrow();
  }

  @Test
  void isReadAsItWasStarted() {
    ledger.runs().start(started("r1"), Optional.empty(), MINUTE);
    assertThat(found("r1"), is(started("r1")));
    assertThat(ledger.runs().audit(Entries.key("r1")), is(empty()));
    assertThat(ledger.runs().find(Entries.key("r2")), is(Optional.empty()));
  }

  @Test
  void staysWhenTheLedgerIsOpenedAgain() {
    ledger.runs().start(started("r1"), Optional.empty(), MINUTE);
    try (Ledger other = Ledger.open(location, clock)) {
      assertThat(other.runs().find(Entries.key("r1")), is(Optional.of(started("r1"))));
    }
  }

  @Test
  void startsOnceIfStartedTwice() {
    ledger.runs().start(started("r1"), Optional.empty(), MINUTE);
    ledger.runs().start(started("r1"), Optional.empty(), MINUTE);
    assertThat(ledger.runs().of("/out/flights"), contains(started("r1")));
  }

  @Test
  void startsOnceWithoutASlice() {
    RunEntry run = Entries.run("r1", clock.instant(), Optional.empty());
    ledger.runs().start(run, Optional.empty(), MINUTE);
    ledger.runs().start(run, Optional.empty(), MINUTE);
    assertThat(found("r1"), is(run));
  }

  @Test
  void refusesAnotherRunOfTheSameIdWhileItGoesOn() {
    ledger.runs().start(started("r1"), Optional.of("grace"), MINUTE);
    RunEntry first = started("r1");
    clock.advance(MINUTE);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> ledger.runs().start(started("r1"), Optional.of("grace"), MINUTE));
    assertThat(
        e.getMessage(),
        is(
            "Invalid run: r1 (expected another id: a run of this one goes on in /out/flights, and was heard of at 2001-01-15T10:00:00.000001Z)"));
    assertThat(found("r1"), is(first));
  }

  @Test
  void takesThePlaceOfOneThatHasEnded() {
    ledger.runs().start(started("r1"), Optional.empty(), MINUTE);
    ledger.runs().staged(Entries.key("r1"), COUNTS, "3 files", REFUSED);
    clock.advance(MINUTE);
    ledger.runs().start(started("r1"), Optional.empty(), MINUTE);
    assertThat(ledger.runs().of("/out/flights"), contains(started("r1")));
    assertThat(ledger.runs().audit(Entries.key("r1")), is(empty()));
    ledger.runs().staged(Entries.key("r1"), COUNTS, "4 files", PASSED);
    clock.advance(MINUTE);
    ledger.runs().start(started("r1"), Optional.empty(), MINUTE);
    assertThat(ledger.runs().of("/out/flights"), contains(started("r1")));
  }

  @Test
  void takesThePlaceOfOneThatWasKilled() {
    ledger.runs().start(started("r1"), Optional.empty(), MINUTE);
    clock.advance(MINUTE);
    ledger.runs().start(started("r1"), Optional.of("ada"), MINUTE);
    assertThat(found("r1"), is(started("r1")));
    clock.advance(MINUTE.plusSeconds(1));
    ledger.runs().start(started("r1"), Optional.empty(), MINUTE);
    assertThat(found("r1"), is(started("r1")));
  }

  private RunEntry elsewhere(String id) {
    return Entries.runTo("/out/other", id, clock.instant());
  }

  @Test
  void haveTheirIdsInTheirOutput() {
    ledger.runs().start(started("r1"), Optional.empty(), MINUTE);
    ledger.runs().start(elsewhere("r1"), Optional.empty(), MINUTE);
    ledger.runs().staged(Entries.key("r1"), COUNTS, "3 files", REFUSED);
    assertThat(ledger.runs().of("/out/other"), contains(elsewhere("r1")));
    assertThat(ledger.runs().audit(elsewhere("r1").key()), is(empty()));
    assertThat(found("r1").state(), is(RunState.REFUSED));
  }

  @Test
  void areFoundWhereTheyWerePublishedTo() {
    RunKey key = Entries.key("r1");
    ledger.runs().start(elsewhere("r1"), Optional.empty(), MINUTE);
    ledger.runs().end(elsewhere("r1").key(), RunState.PUBLISHED, Optional.empty());
    assertThat(ledger.runs().publisher(key), is(Optional.empty()));
    Instant now = clock.instant();
    ledger.publishes().record(List.of(Entries.publish("/out/flights", "dt=2001-01-15", "r1", now)));
    assertThat(ledger.runs().publisher(key), is(ledger.runs().find(elsewhere("r1").key())));

    RunEntry another = Entries.runTo("/out/third", "r1", now);
    ledger.runs().start(another, Optional.empty(), MINUTE);
    ledger.runs().end(another.key(), RunState.PUBLISHED, Optional.empty());
    assertThat(ledger.runs().publisher(key), is(Optional.empty()));
    ledger.runs().start(started("r1"), Optional.empty(), MINUTE);
    assertThat(ledger.runs().publisher(key), is(Optional.of(started("r1"))));
  }

  @Test
  void isStagedWithItsAudit() {
    ledger.runs().start(started("r1"), Optional.empty(), MINUTE);
    Instant start = clock.instant();
    clock.advance(MINUTE);
    ledger.runs().staged(Entries.key("r1"), COUNTS, "3 files", PASSED);
    ledger.runs().staged(Entries.key("r1"), COUNTS, "3 files", PASSED);
    RunEntry run = found("r1");
    assertThat(run.state(), is(RunState.STAGED));
    assertThat(run.startedAt(), is(start));
    assertThat(run.heartbeatAt(), is(clock.instant()));
    assertThat(run.endedAt(), is(Optional.empty()));
    assertThat(run.counts(), is(Optional.of(COUNTS)));
    assertThat(run.inputs(), is(Optional.of("3 files")));
    assertThat(ledger.runs().audit(Entries.key("r1")), is(PASSED));
  }

  @Test
  void hasEndedIfItsAuditFailed() {
    ledger.runs().start(started("r1"), Optional.empty(), MINUTE);
    clock.advance(MINUTE);
    Instant refusedAt = clock.instant();
    ledger.runs().staged(Entries.key("r1"), COUNTS, "3 files", REFUSED);
    clock.advance(MINUTE);
    ledger.runs().staged(Entries.key("r1"), COUNTS, "3 files", REFUSED);
    ledger.runs().end(Entries.key("r1"), RunState.REFUSED, Optional.of("1 record too few"));
    RunEntry run = found("r1");
    assertThat(run.state(), is(RunState.REFUSED));
    assertThat(run.endedAt(), is(Optional.of(refusedAt)));
    assertThat(run.counts(), is(Optional.of(COUNTS)));
    assertThat(run.failure(), is(Optional.of("1 record too few")));
    assertThat(ledger.runs().audit(Entries.key("r1")), is(REFUSED));
  }

  @Test
  void replacesAnAuditThatIsDoneAgain() {
    ledger.runs().start(started("r1"), Optional.empty(), MINUTE);
    ledger.runs().staged(Entries.key("r1"), COUNTS, "3 files", PASSED);
    ledger.runs().staged(Entries.key("r1"), COUNTS, "3 files", REFUSED);
    assertThat(found("r1").state(), is(RunState.REFUSED));
    assertThat(ledger.runs().audit(Entries.key("r1")), is(REFUSED));
  }

  @ParameterizedTest
  @EnumSource(names = {"PUBLISHED", "FAILED", "REFUSED", "CANCELLED"})
  void endsOnce(RunState state) {
    ledger.runs().start(started("r1"), Optional.empty(), MINUTE);
    Instant start = clock.instant();
    clock.advance(MINUTE);
    Instant end = clock.instant();
    ledger.runs().end(Entries.key("r1"), state, Optional.of("the disk \0 is \uD800 full"));
    clock.advance(MINUTE);
    ledger.runs().end(Entries.key("r1"), state, Optional.of("again"));
    ledger.runs().heartbeat(Entries.key("r1"), Optional.empty());
    RunEntry run = found("r1");
    assertThat(run.state(), is(state));
    assertThat(run.endedAt(), is(Optional.of(end)));
    assertThat(run.heartbeatAt(), is(start));
    assertThat(run.failure(), is(Optional.of("the disk \uFFFD is \uFFFD full")));
  }

  @Test
  void refusesAnotherEnd() {
    ledger.runs().start(started("r1"), Optional.empty(), MINUTE);
    ledger.runs().end(Entries.key("r1"), RunState.CANCELLED, Optional.empty());
    IllegalStateException published =
        assertThrows(
            IllegalStateException.class,
            () -> ledger.runs().end(Entries.key("r1"), RunState.PUBLISHED, Optional.empty()));
    assertThat(
        published.getMessage(),
        is(
            "Cannot set run r1 of /out/flights in ledger %s to PUBLISHED: it ended as CANCELLED at 2001-01-15T10:00:00.000001Z"
                .formatted(location)));
    IllegalStateException staged =
        assertThrows(
            IllegalStateException.class,
            () -> ledger.runs().staged(Entries.key("r1"), COUNTS, "3 files", PASSED));
    assertThat(
        staged.getMessage(),
        is(
            "Cannot set run r1 of /out/flights in ledger %s to STAGED: it ended as CANCELLED at 2001-01-15T10:00:00.000001Z"
                .formatted(location)));
    assertThat(found("r1").state(), is(RunState.CANCELLED));
    assertThat(found("r1").counts(), is(Optional.empty()));
  }

  @Test
  void refusesAnEndThatIsNone() {
    ledger.runs().start(started("r1"), Optional.empty(), MINUTE);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> ledger.runs().end(Entries.key("r1"), RunState.STAGED, Optional.empty()));
    assertThat(e.getMessage(), is("Invalid state: STAGED (expected one that a run ends in)"));
  }

  @Test
  void isHeardOf() {
    ledger.runs().start(started("r1"), Optional.empty(), MINUTE);
    clock.advance(MINUTE);
    ledger.runs().heartbeat(Entries.key("r1"), Optional.empty());
    assertThat(found("r1").heartbeatAt(), is(clock.instant()));
  }

  @Test
  void saysHowFarItHasCome() {
    ledger.runs().start(started("r1"), Optional.empty(), MINUTE);
    RunProgress quarter = new RunProgress(1L << 40, 1L << 42);
    ledger.runs().heartbeat(Entries.key("r1"), Optional.of(quarter));
    ledger.runs().heartbeat(Entries.key("r1"), Optional.empty());
    assertThat(found("r1").progress(), is(Optional.of(quarter)));
    assertThat(quarter.fraction(), is(0.25));
    assertThat(new RunProgress(3, 2).fraction(), is(1.0));
    ledger.runs().end(Entries.key("r1"), RunState.FAILED, Optional.empty());
    clock.advance(MINUTE);
    ledger.runs().start(started("r1"), Optional.empty(), MINUTE);
    assertThat(found("r1").progress(), is(Optional.empty()));
  }

  @Test
  void refusesProgressOfNothing() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new RunProgress(0, 0));
    assertThat(
        e.getMessage(), is("Invalid progress: 0 of 0 bytes (expected 0 or more, of 1 or more)"));
  }

  @Test
  void saysThatItIsUnknown() {
    String message = "Cannot find run r9 of /out/flights in ledger " + location;
    List<Executable> calls =
        List.of(
            () -> ledger.runs().heartbeat(Entries.key("r9"), Optional.empty()),
            () -> ledger.runs().staged(Entries.key("r9"), COUNTS, "", PASSED),
            () -> ledger.runs().end(Entries.key("r9"), RunState.FAILED, Optional.empty()));
    for (Executable call : calls) {
      assertThat(assertThrows(IllegalArgumentException.class, call).getMessage(), is(message));
    }
  }

  @Test
  void areListedNewestFirst() {
    ledger.runs().start(started("z"), Optional.empty(), MINUTE);
    clock.advance(MINUTE);
    ledger.runs().start(started("a"), Optional.empty(), MINUTE);
    ledger.runs().start(started("B"), Optional.empty(), MINUTE);
    ledger.runs().start(started("b"), Optional.empty(), MINUTE);
    assertThat(
        ledger.runs().of("/out/flights").stream().map(RunEntry::id).toList(),
        contains("b", "a", "B", "z"));
    assertThat(ledger.runs().of("/out/other"), is(empty()));
  }
}
