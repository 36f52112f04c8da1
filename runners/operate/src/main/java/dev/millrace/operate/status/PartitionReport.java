package dev.millrace.operate.status;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the partitions of an output folder are.
 *
 * @param output the folder
 * @param at when that was
 * @param partitions the partitions, by name
 * @param next the earliest partition that isn't published, or the one after the last, if anybody
 *     has said when it is due
 */
public record PartitionReport(
    Path output, Instant at, List<PartitionStatus> partitions, Optional<NextDue> next) {

  /** Keeps an immutable copy. */
  public PartitionReport {
    partitions = List.copyOf(partitions);
  }

  /**
   * What has to come next.
   *
   * @param partition the partition
   * @param due when it has to be there
   */
  public record NextDue(String partition, Instant due) {}

  /** How many of the partitions are so far. */
  public long count(PartitionState state) {
    return partitions.stream().filter(each -> each.state() == state).count();
  }

  /** How many aren't there although they have to be. */
  public long late() {
    return partitions.stream().filter(each -> each.isLate(at)).count();
  }
}
