package dev.millrace.operate.status;

import static java.util.Comparator.comparing;

import dev.millrace.ledger.AuditEntry;
import dev.millrace.ledger.BackfillEntry;
import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.RunEntry;
import dev.millrace.ledger.RunKey;
import dev.millrace.ledger.RunProgress;
import dev.millrace.ledger.SliceEntry;
import dev.millrace.ledger.SliceState;
import dev.millrace.operate.run.Heartbeat;
import dev.millrace.operate.run.Owner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads in a ledger which runs over intervals publish to an output folder. */
final class ReadAttempts {
  private final Ledger ledger;
  private final Instant staleBefore;

  private ReadAttempts(Ledger ledger, Instant staleBefore) {
    this.ledger = ledger;
    this.staleBefore = staleBefore;
  }

  /** In a ledger; a process that wasn't heard of for long by now is dead. */
  static ReadAttempts in(Ledger ledger, Clock clock) {
    return new ReadAttempts(ledger, clock.instant().minus(Heartbeat.STALE_AFTER));
  }

  /** Those that publish to a folder. */
  Attempts of(String output) {
    List<RunEntry> runs =
        ledger.runs().of(output).stream().filter(run -> run.slice().isPresent()).toList();
    List<Attempt> all = new ArrayList<>(runs.stream().map(this::ofRun).toList());
    for (BackfillEntry backfill : ledger.backfills().all()) {
      if (backfill.output().equals(output)) {
        addSlices(backfill, all);
      }
    }
    return new Attempts(runs, all.stream().sorted(comparing(Attempt::at).reversed()).toList());
  }

  private Attempt ofRun(RunEntry run) {
    return new Attempt(
        run.slice().orElseThrow(),
        Optional.of(run.id()),
        run.startedAt(),
        outcome(run),
        expectedEnd(run),
        why(run));
  }

  /**
   * If it goes on as it had when it was last heard of. One that has read all has still something to
   * do, and nobody knows how much.
   */
  private static Optional<Instant> expectedEnd(RunEntry run) {
    double read = run.progress().map(RunProgress::fraction).orElse(0.0);
    if (read == 0 || read == 1) {
      return Optional.empty();
    }
    Duration taken = Duration.between(run.startedAt(), run.heartbeatAt());
    return Optional.of(run.startedAt().plusMillis(Math.round(taken.toMillis() / read)));
  }

  private Attempt.Outcome outcome(RunEntry run) {
    return switch (run.state()) {
      case RUNNING -> isAlive(run) ? Attempt.Outcome.RUNNING : Attempt.Outcome.FAILED;
      case FAILED, REFUSED -> Attempt.Outcome.FAILED;
      case STAGED, PUBLISHED, CANCELLED -> Attempt.Outcome.OTHER;
    };
  }

  private boolean isAlive(RunEntry run) {
    return isAlive(run.actor(), run.heartbeatAt());
  }

  private boolean isAlive(String actor, Instant heartbeatAt) {
    return !heartbeatAt.isBefore(staleBefore) && !Owner.isGone(actor);
  }

  private String why(RunEntry run) {
    return switch (run.state()) {
      case FAILED -> run.failure().orElse("");
      case REFUSED ->
          ledger.runs().audit(run.key()).stream()
              .filter(check -> !check.passed())
              .map(AuditEntry::finding)
              .collect(Collectors.joining("; "));
      case RUNNING -> isAlive(run) ? "" : "its process was killed";
      default -> "";
    };
  }

  /** Slices that have a run say no more than it does. */
  private void addSlices(BackfillEntry backfill, List<Attempt> all) {
    for (SliceEntry slice : ledger.backfills().slices(backfill.id())) {
      boolean isOfRun =
          slice
              .runId()
              .flatMap(id -> ledger.runs().find(new RunKey(backfill.output(), id)))
              .isPresent();
      if (!isOfRun && slice.state() == SliceState.FAILED) {
        all.add(slice(backfill, slice, Attempt.Outcome.FAILED, slice.note()));
      } else if (!isOfRun
          && slice.state() == SliceState.RUNNING
          && isAlive(backfill.actor(), backfill.heartbeatAt())) {
        all.add(slice(backfill, slice, Attempt.Outcome.RUNNING, ""));
      }
    }
  }

  private static Attempt slice(
      BackfillEntry backfill, SliceEntry slice, Attempt.Outcome outcome, String failure) {
    Instant at = slice.startedAt().or(slice::endedAt).orElse(backfill.createdAt());
    return new Attempt(slice.interval(), slice.runId(), at, outcome, Optional.empty(), failure);
  }
}
