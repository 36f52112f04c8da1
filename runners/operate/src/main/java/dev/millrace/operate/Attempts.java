package dev.millrace.operate;

import static java.util.Comparator.comparing;

import dev.millrace.ledger.AuditEntry;
import dev.millrace.ledger.BackfillEntry;
import dev.millrace.ledger.Interval;
import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.RunEntry;
import dev.millrace.ledger.RunState;
import dev.millrace.ledger.SliceEntry;
import dev.millrace.ledger.SliceState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the ledger says of the runs over intervals that publish to an output folder. */
final class Attempts {
  /** So many earlier runs say how long one takes. */
  private static final int SAMPLE = 9;

  private final Ledger ledger;
  private final Instant staleBefore;
  private final List<RunEntry> runs;

  /** The latest first. */
  private final List<Attempt> attempts;

  private Attempts(Ledger ledger, Instant staleBefore, String output) {
    this.ledger = ledger;
    this.staleBefore = staleBefore;
    this.runs = ledger.runs().of(output).stream().filter(run -> run.slice().isPresent()).toList();
    List<Attempt> all = new ArrayList<>(runs.stream().map(this::ofRun).toList());
    for (BackfillEntry backfill : ledger.backfills().all()) {
      if (backfill.output().equals(output)) {
        addSlices(backfill, all);
      }
    }
    this.attempts = all.stream().sorted(comparing(Attempt::at).reversed()).toList();
  }

  /** Of an output folder. */
  static Attempts of(Ledger ledger, Clock clock, String output) {
    return new Attempts(ledger, clock.instant().minus(Heartbeat.STALE_AFTER), output);
  }

  private Attempt ofRun(RunEntry run) {
    return new Attempt(
        run.slice().orElseThrow(), Optional.of(run.id()), run.startedAt(), outcome(run), why(run));
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
          ledger.runs().audit(run.id()).stream()
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
      boolean isOfRun = slice.runId().flatMap(ledger.runs()::find).isPresent();
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
    return new Attempt(slice.interval(), slice.runId(), at, outcome, failure);
  }

  List<Attempt> all() {
    return attempts;
  }

  /** The last attempt over an interval. */
  Optional<Attempt> last(Interval interval) {
    return attempts.stream().filter(each -> each.interval().overlaps(interval)).findFirst();
  }

  /** The one that goes on over an interval, if one does. */
  Optional<Attempt> running(Interval interval) {
    return attempts.stream()
        .filter(each -> each.outcome() == Attempt.Outcome.RUNNING)
        .filter(each -> each.interval().overlaps(interval))
        .findFirst();
  }

  /** When an attempt that goes on may be done, if others over as long an interval were. */
  Optional<Instant> expectedEnd(Attempt attempt) {
    List<Duration> durations =
        runs.stream()
            .filter(run -> run.state() == RunState.PUBLISHED && run.endedAt().isPresent())
            .filter(run -> length(run.slice().orElseThrow()).equals(length(attempt.interval())))
            .limit(SAMPLE)
            .map(run -> Duration.between(run.startedAt(), run.endedAt().orElseThrow()))
            .sorted()
            .toList();
    return durations.isEmpty()
        ? Optional.empty()
        : Optional.of(attempt.at().plus(durations.get(durations.size() / 2)));
  }

  private static Duration length(Interval interval) {
    return Duration.between(interval.from(), interval.to());
  }
}
