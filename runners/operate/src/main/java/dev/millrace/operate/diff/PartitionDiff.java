package dev.millrace.operate.diff;

/**
 * How many rows of a partition differ. A row that is there several times counts as often.
 *
 * @param partition its name, or {@code all} for the sum of several
 * @param takenAway whether the partition as such would go
 * @param before the rows that are published
 * @param after the rows that are staged
 * @param added the staged rows that nothing published answers to
 * @param removed the published rows that nothing staged answers to
 * @param changed the rows with a published one of the same key that is otherwise different; none
 *     without a key
 */
public record PartitionDiff(
    String partition,
    boolean takenAway,
    long before,
    long after,
    long added,
    long removed,
    long changed) {
  private static final String ALL = "all";

  /** No rows. */
  static PartitionDiff none() {
    return new PartitionDiff(ALL, false, 0, 0, 0, 0, 0);
  }

  PartitionDiff plus(PartitionDiff other) {
    return new PartitionDiff(
        ALL,
        false,
        before + other.before,
        after + other.after,
        added + other.added,
        removed + other.removed,
        changed + other.changed);
  }

  /** Whether any row differs. */
  public boolean differs() {
    return added + removed + changed > 0;
  }
}
