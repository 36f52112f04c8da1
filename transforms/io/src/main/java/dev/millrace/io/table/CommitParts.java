package dev.millrace.io.table;

import dev.millrace.record.Commit;
import dev.millrace.record.CommitSchedule;
import dev.millrace.record.Disposition;
import dev.millrace.record.Tally;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.joda.time.Instant;

/**
 * What a count of records is to commits. It is what became of records that were read, in the commit
 * of their window. Where their rows are in files, these are due: those of partitions in the commit
 * that has the partition then, which may be a later one; rejects at once.
 */
final class CommitParts {
  private CommitParts() {}

  /** The parts, by the end of their commit. */
  static Map<Long, Commit> of(
      Tally tally, long count, IntervalWindow window, CommitSchedule schedule) {
    Map<Long, Commit> parts = new TreeMap<>();
    Instant read = window.end();
    add(parts, read, Commit.ofRead(CommitSchedule.name(read), tally, count));
    Disposition disposition = tally.disposition();
    if (disposition == Disposition.REJECTED) {
      add(parts, read, Commit.ofDue(CommitSchedule.name(read), tally, count));
    } else if (disposition == Disposition.PUBLISHED || disposition == Disposition.LATE) {
      long bucket = schedule.partitioning().bucketNamed(tally.partition());
      Instant due = schedule.commitOf(bucket, window);
      add(parts, due, Commit.ofDue(CommitSchedule.name(due), tally, count));
      // What is late only must not replace a partition that this run has nothing else of.
      if (disposition == Disposition.PUBLISHED && schedule.completes(bucket, due)) {
        add(parts, due, Commit.ofCompleted(CommitSchedule.name(due), tally.partition()));
      }
    }
    return parts;
  }

  private static void add(Map<Long, Commit> parts, Instant end, Commit part) {
    parts.merge(
        end.getMillis(), part, (some, more) -> Commit.together(some.name(), List.of(some, more)));
  }
}
