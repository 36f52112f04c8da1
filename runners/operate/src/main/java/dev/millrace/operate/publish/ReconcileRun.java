package dev.millrace.operate.publish;

import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.PublishAction;
import dev.millrace.ledger.PublishEntry;
import dev.millrace.ledger.RunEntry;
import dev.millrace.ledger.RunState;
import dev.millrace.operate.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings the ledger up to what lies in the output folder, for a run whose process has ended without
 * saying how: it is published if a partition names it, and else it has failed, and what it staged
 * is removed.
 */
public final class ReconcileRun {
  private final Ledger ledger;
  private final Clock clock;

  private ReconcileRun(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Of runs of a ledger. */
  public static ReconcileRun in(Ledger ledger, Clock clock) {
    return new ReconcileRun(ledger, clock);
  }

  /**
   * Reconciles.
   *
   * @return whether the run is published
   * @throws PublishException if the disk fails
   */
  public boolean execute(RunEntry run) {
    Path output = Path.of(run.output());
    Recovery.of(output).run();
    ledger.leases().release(run.output(), run.id());
    try {
      List<PartitionManifest> manifests = manifests(run.id(), output);
      if (manifests.isEmpty()) {
        Folders.delete(Path.of(run.staging()));
        end(run, RunState.FAILED, Optional.of("its process was killed"));
        return false;
      }
      record(output.toString(), manifests);
      end(run, RunState.PUBLISHED, Optional.empty());
      return true;
    } catch (IOException e) {
      throw PublishException.of(run.id(), e);
    }
  }

  private void end(RunEntry run, RunState state, Optional<String> failure) {
    if (run.endedAt().isEmpty()) {
      ledger.runs().end(run.key(), state, failure);
    }
  }

  private static List<PartitionManifest> manifests(String run, Path output) throws IOException {
    List<PartitionManifest> manifests = new ArrayList<>();
    for (String table : Versions.in(output).tables()) {
      for (Path folder : Folders.holding(output.resolve(table), PartitionManifest.FILE_NAME)) {
        PartitionManifest.in(folder)
            .filter(manifest -> manifest.run().equals(run))
            .ifPresent(manifests::add);
      }
    }
    return manifests;
  }

  private void record(String output, List<PartitionManifest> manifests) {
    Set<String> known =
        ledger.publishes().current(output).stream()
            .map(entry -> entry.runId() + " " + entry.table() + "/" + entry.partition())
            .collect(Collectors.toSet());
    Instant now = clock.instant();
    List<PublishEntry> missing = new ArrayList<>();
    for (PartitionManifest manifest : manifests) {
      PublishedPartition partition = PublishedPartition.of(manifest, Optional.empty());
      if (!known.contains(manifest.run() + " " + partition.name())) {
        missing.add(partition.entry(output, manifest.run(), PublishAction.PUBLISH, now));
      }
    }
    ledger.publishes().record(missing);
  }
}
