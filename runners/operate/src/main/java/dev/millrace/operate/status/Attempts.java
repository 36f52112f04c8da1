package dev.millrace.operate.status;

import dev.millrace.ledger.Interval;
import dev.millrace.ledger.RunEntry;
import dev.millrace.ledger.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The runs over intervals that publish to an output folder.
 *
 * @param runs those that have come to be runs, the latest first
 * @param all these, and slices of backfills that have not, the latest first
 */
record Attempts(List<RunEntry> runs, List<Attempt> all) {
  /** So many earlier runs say how long one takes. */
  private static final int SAMPLE = 9;

  /** What is known without a ledger. */
  static final Attempts NONE = new Attempts(List.of(), List.of());

  /** The last attempt over an interval. */
  Optional<Attempt> last(Interval interval) {
    return all.stream().filter(each -> each.interval().overlaps(interval)).findFirst();
  }

  /** The one that goes on over an interval, if one does. */
  Optional<Attempt> running(Interval interval) {
    return all.stream()
        .filter(each -> each.outcome() == Attempt.Outcome.RUNNING)
        .filter(each -> each.interval().overlaps(interval))
        .findFirst();
  }

  /**
   * When an attempt that goes on may be done: going by itself, or else by the last ones over as
   * long an interval. Not before now, for it goes on.
   */
  Optional<Instant> expectedEnd(Attempt attempt, Instant now) {
    return attempt
        .expectedEnd()
        .or(() -> medianEnd(attempt))
        .map(end -> end.isBefore(now) ? now : end);
  }

  private Optional<Instant> medianEnd(Attempt attempt) {
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
