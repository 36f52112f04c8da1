package dev.millrace.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * One slice of a backfill. Times are exact to the microsecond.
 *
 * @param interval the interval of event time
 * @param state how far it is
 * @param attempt the number of the last attempt; 0 before the first
 * @param runId the run of the last attempt
 * @param note what there is to say about it
 * @param startedAt when the last attempt started
 * @param endedAt when it ended
 * @param counts what became of its records
 */
public record SliceEntry(
    Interval interval,
    SliceState state,
    int attempt,
    Optional<String> runId,
    String note,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    Optional<Counts> counts) {

  /** Cuts off what is finer than microseconds. */
  public SliceEntry {
    startedAt = Times.exact(startedAt);
    endedAt = Times.exact(endedAt);
  }

  /** A slice whose turn has not come. */
  public static SliceEntry planned(Interval interval) {
    return new SliceEntry(
        interval,
        SliceState.PLANNED,
        0,
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The slice in its next attempt, which is a run. */
  public SliceEntry running(String run, Instant at) {
    return new SliceEntry(
        interval,
        SliceState.RUNNING,
        attempt + 1,
        Optional.of(run),
        note,
        Optional.of(at),
        Optional.empty(),
        Optional.empty());
  }

  /** The slice when its attempt is over, or it has waited for one in vain. */
  public SliceEntry ended(SliceState end, String why, Instant at, Optional<Counts> ofRecords) {
    return new SliceEntry(
        interval, end, attempt, runId, why, startedAt, Optional.of(at), ofRecords);
  }
}
