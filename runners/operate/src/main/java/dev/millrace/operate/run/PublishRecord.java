package dev.millrace.operate.run;

import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.PublishAction;
import dev.millrace.ledger.RunEntry;
import dev.millrace.ledger.RunKey;
import dev.millrace.ledger.RunState;
import dev.millrace.operate.publish.PublishedPartition;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes to a ledger what was published, and what was rolled back. */
public final class PublishRecord {
  private final Ledger ledger;
  private final Clock clock;
  private final Optional<Duration> latency;

  private PublishRecord(Ledger ledger, Clock clock, Optional<Duration> latency) {
    this.ledger = ledger;
    this.clock = clock;
    this.latency = latency;
  }

  /** In a ledger. */
  public static PublishRecord in(Ledger ledger, Clock clock) {
    return new PublishRecord(ledger, clock, Optional.empty());
  }

  /** With the time after the end of a partition in which the contract wants it published. */
  public PublishRecord withLatency(Optional<Duration> latency) {
    return new PublishRecord(ledger, clock, latency);
  }

  /**
   * A run has been published, whether the ledger knows it or not.
   *
   * @param target the folder that it was published to, its own output or another
   */
  public void published(RunKey run, Path target, List<PublishedPartition> partitions) {
    add(target, run.id(), PublishAction.PUBLISH, partitions);
    Optional<RunEntry> entry = ledger.runs().find(run);
    if (entry.isPresent() && entry.get().endedAt().isEmpty()) {
      ledger.runs().end(run, RunState.PUBLISHED, Optional.empty());
    }
  }

  /** Partitions have been rolled back to what runs before had published. */
  public void rolledBack(Path output, List<PublishedPartition> partitions) {
    for (PublishedPartition partition : partitions) {
      String run = partition.run().orElse("unknown");
      add(output, run, PublishAction.ROLLBACK, List.of(partition));
    }
  }

  private void add(
      Path output, String run, PublishAction action, List<PublishedPartition> partitions) {
    ledger
        .publishes()
        .record(
            partitions.stream()
                .map(each -> each.entry(output.toString(), run, action, clock.instant(), latency))
                .toList());
  }
}
