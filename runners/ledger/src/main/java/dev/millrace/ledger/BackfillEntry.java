package dev.millrace.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A job over many slices. Times are exact to the microsecond.
 *
 * @param id its name, which no other backfill has
 * @param job the job file or the pipeline that was asked for
 * @param arguments the rest of the command line, for each of its runs
 * @param waiting how its runs wait for their input, likewise; none if they don't
 * @param output where its runs publish to
 * @param range the range, as it was asked for
 * @param maxActiveRuns how many of its runs may go on at a time
 * @param reprocess which slices are run again: none, failed or completed
 * @param backwards whether the newest slice comes first
 * @param state how far it is
 * @param actor who created it
 * @param reason why, as they said
 * @param createdAt when
 * @param heartbeatAt when its process was last heard of
 * @param endedAt when it came to its end, if it did
 */
public record BackfillEntry(
    String id,
    String job,
    List<String> arguments,
    List<String> waiting,
    String output,
    String range,
    int maxActiveRuns,
    String reprocess,
    boolean backwards,
    BackfillState state,
    String actor,
    String reason,
    Instant createdAt,
    Instant heartbeatAt,
    Optional<Instant> endedAt) {

  /** Cuts off what is finer than microseconds. */
  public BackfillEntry {
    arguments = List.copyOf(arguments);
    waiting = List.copyOf(waiting);
    createdAt = Times.exact(createdAt);
    heartbeatAt = Times.exact(heartbeatAt);
    endedAt = Times.exact(endedAt);
  }
}
