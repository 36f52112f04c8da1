package dev.millrace.operate.publish;

import dev.millrace.ledger.PublishAction;
import dev.millrace.ledger.PublishEntry;
import dev.millrace.record.Disposition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a publish did to one partition of one table.
 *
 * @param table the table
 * @param partition the partition
 * @param rows the rows that it has now; 0 if it was taken away, -1 if nobody has counted them
 * @param files its files, likewise
 * @param bytes their size, likewise
 * @param rejects the rejected records that are known to belong to it, likewise
 * @param run the run that wrote what it has now, as far as that is known; none if it was taken away
 * @param replacedRun the run that wrote what it had before, as far as that is known
 */
public record PublishedPartition(
    String table,
    String partition,
    long rows,
    int files,
    long bytes,
    long rejects,
    Optional<String> run,
    Optional<String> replacedRun) {

  /** The partition of a manifest, which took the place of what another run had published. */
  public static PublishedPartition of(PartitionManifest manifest, Optional<String> replacedRun) {
    return new PublishedPartition(
        manifest.table(),
        manifest.partition(),
        manifest.rows(),
        manifest.files().size(),
        manifest.bytes(),
        manifest.balance().getOrDefault(Disposition.REJECTED.code(), 0L),
        Optional.of(manifest.run()),
        replacedRun);
  }

  static PublishedPartition emptied(String table, String partition, Optional<String> replacedRun) {
    return new PublishedPartition(table, partition, 0, 0, 0, 0, Optional.empty(), replacedRun);
  }

  /** A version that comes back and was written by something that leaves no manifest. */
  static PublishedPartition unknown(String table, String partition, Optional<String> replacedRun) {
    return new PublishedPartition(table, partition, -1, -1, -1, -1, Optional.empty(), replacedRun);
  }

  /** As the ledger keeps it, if nobody says when it had to be there. */
  public PublishEntry entry(String output, String publisher, PublishAction action, Instant at) {
    return entry(output, publisher, action, at, Optional.empty());
  }

  /**
   * As the ledger keeps it.
   *
   * @param latency how long after its end it has to be there, if anybody said so
   */
  public PublishEntry entry(
      String output,
      String publisher,
      PublishAction action,
      Instant at,
      Optional<Duration> latency) {
    return new PublishEntry(
        output,
        table,
        partition,
        publisher,
        action,
        replacedRun,
        rows,
        bytes,
        files,
        rejects,
        at,
        latency.flatMap(after -> PartitionTimes.due(partition, after)));
  }

  /** Such as {@code records/dt=2001-01-15}. */
  public String name() {
    return table + "/" + partition;
  }
}
