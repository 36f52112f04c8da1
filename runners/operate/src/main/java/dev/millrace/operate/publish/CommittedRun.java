package dev.millrace.operate.publish;

import dev.millrace.operate.Balance;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * What a run that publishes while it goes on has published, all of its commits added up. It may
 * have ended, or go on.
 *
 * @param run its name
 * @param commits how many commits there are, at least one
 * @param last the name of the last one: the watermark's time at its end
 * @param publishedAt when the last one was published
 * @param balance what became of the records that were read up to the last commit; published and
 *     late ones count as soon as they are read
 * @param rejectedByReason the rejected ones
 * @param waiting how many of the published and late ones aren't in tables yet, but in the state of
 *     the run until their partitions are complete; less than none if tables hold more than was read
 * @param unbalanced the names of the commits whose records aren't all accounted for
 */
public record CommittedRun(
    String run,
    int commits,
    String last,
    Instant publishedAt,
    Balance balance,
    SortedMap<String, Long> rejectedByReason,
    long waiting,
    List<String> unbalanced) {

  /** Whether all that was read is accounted for, in each commit and so in all. */
  public boolean balanced() {
    return unbalanced.isEmpty() && waiting >= 0;
  }
}
