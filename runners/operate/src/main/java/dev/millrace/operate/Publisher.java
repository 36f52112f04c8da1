package dev.millrace.operate;

import dev.millrace.operate.PublicationPlan.PlannedSwap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Publishes what a staging folder has a plan for, under the lock of the output folder. */
final class Publisher {
  private final Path staging;
  private final Path output;
  private final PublicationPlan plan;
  private final Consumer<PublishStep> reached;

  Publisher(Path staging, Path output, PublicationPlan plan, Consumer<PublishStep> reached) {
    this.staging = staging;
    this.output = output;
    this.plan = plan;
    this.reached = reached;
  }

  /**
   * Publishes and removes the staging folder.
   *
   * @return what was published, in the order of the plan
   * @throws PublishException if the disk fails
   */
  List<PublishedPartition> publish(OutputLock lock) {
    lock.checkHeld();
    List<PublishedPartition> published = new ArrayList<>();
    List<PlannedSwap> swaps = new ArrayList<>();
    PublicationPlan placed;
    try {
      Map<String, Long> versions = new HashMap<>();
      for (PlannedSwap swap : plan.swaps()) {
        if (!versions.containsKey(swap.partition())) {
          versions.put(swap.partition(), Versions.in(output).next(swap.partition()));
        }
        long version = versions.get(swap.partition());
        published.add(describe(swap, version));
        swaps.add(swap.withAside(aside(swap, version)));
      }
      placed = plan.withSwaps(swaps);
      placed.writeTo(staging);
    } catch (IOException e) {
      throw PublishException.of(plan.run(), e);
    }
    Publication.of(placed, staging, output, reached).publish(this::publishReports);
    return published;
  }

  /** What has no number of its own comes right before what replaces it. */
  private String aside(PlannedSwap swap, long version) throws IOException {
    long replaced =
        PartitionManifest.in(target(swap)).map(PartitionManifest::version).orElse(version - 1);
    return Versions.place(swap.table(), swap.partition(), replaced);
  }

  private Path target(PlannedSwap swap) {
    return output.resolve(swap.target()).normalize();
  }

  /** They tell of the latest run that was published. */
  private void publishReports() throws IOException {
    for (String report : List.of(PublishRun.REPORT_PAGE, PublishRun.REPORT_JSON)) {
      Path staged = staging.resolve(report);
      if (Files.exists(staged)) {
        Files.move(staged, output.resolve(report), StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  /** A staged partition gets its number; a version that comes back has one. */
  private PublishedPartition describe(PlannedSwap swap, long version) throws IOException {
    Optional<String> replaced = PartitionManifest.in(target(swap)).map(PartitionManifest::run);
    if (swap.source() == null) {
      return PublishedPartition.emptied(swap.table(), swap.partition(), replaced);
    }
    Path source = staging.resolve(swap.source()).normalize();
    Optional<PartitionManifest> manifest = PartitionManifest.in(source);
    if (source.startsWith(staging)) {
      manifest = manifest.map(each -> each.withVersion(version));
      manifest.orElseThrow(() -> new IOException(source + " has no manifest")).writeTo(source);
    }
    return manifest
        .map(each -> PublishedPartition.of(each, replaced))
        .orElseGet(() -> PublishedPartition.unknown(swap.table(), swap.partition(), replaced));
  }
}
