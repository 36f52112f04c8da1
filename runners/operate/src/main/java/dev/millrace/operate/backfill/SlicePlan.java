package dev.millrace.operate.backfill;

import dev.millrace.ledger.Interval;
import java.util.List;

/**
 * What becomes of one slice, and why.
 *
 * @param interval the slice
 * @param partitions the partitions that it publishes
 * @param isRun whether it is run
 * @param reason why, or why not
 */
public record SlicePlan(Interval interval, List<String> partitions, boolean isRun, String reason) {
  /** Keeps an immutable copy. */
  public SlicePlan {
    partitions = List.copyOf(partitions);
  }
}
