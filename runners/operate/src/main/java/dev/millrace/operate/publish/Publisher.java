package dev.millrace.operate.publish;

import dev.millrace.operate.publish.PublicationPlan.PlannedSwap;
import dev.millrace.operate.report.StagedReport;
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
   * @return what was published, in the order of the plan, without what was to be taken away and
   *     wasn't there
   * @throws PublishException if the disk fails
   */
  List<PublishedPartition> publish(OutputLock lock) {
    lock.checkHeld();
    List<PublishedPartition> published;
    List<PlannedSwap> swaps = new ArrayList<>();
    PublicationPlan placed;
    try {
      published = preview();
      Map<String, Long> versions = new HashMap<>();
      for (PlannedSwap swap : plan.swaps()) {
        if (!versions.containsKey(swap.partition())) {
          versions.put(swap.partition(), Versions.in(output).next(swap.partition()));
        }
        long version = versions.get(swap.partition());
        number(swap, version);
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
    for (String report : List.of(StagedReport.PAGE, StagedReport.JSON)) {
      Path staged = staging.resolve(report);
      if (Files.exists(staged)) {
        Files.move(staged, output.resolve(report), StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  /** What {@link #publish} would return; changes nothing. */
  List<PublishedPartition> preview() throws IOException {
    List<PublishedPartition> partitions = new ArrayList<>();
    for (PlannedSwap swap : plan.swaps()) {
      if (swap.source() != null || Files.exists(target(swap))) {
        partitions.add(describe(swap));
      }
    }
    return partitions;
  }

  /** A staged partition gets its number; a version that comes back has one. */
  private void number(PlannedSwap swap, long version) throws IOException {
    if (swap.source() == null) {
      return;
    }
    Path source = source(swap);
    if (source.startsWith(staging)) {
      PartitionManifest.in(source)
          .orElseThrow(() -> new IOException(source + " has no manifest"))
          .withVersion(version)
          .writeTo(source);
    }
  }

  private Path source(PlannedSwap swap) {
    return staging.resolve(swap.source()).normalize();
  }

  private PublishedPartition describe(PlannedSwap swap) throws IOException {
    Optional<String> replaced = PartitionManifest.in(target(swap)).map(PartitionManifest::run);
    if (swap.source() == null) {
      return PublishedPartition.emptied(swap.table(), swap.partition(), replaced);
    }
    return PartitionManifest.in(source(swap))
        .map(each -> PublishedPartition.of(each, replaced))
        .orElseGet(() -> PublishedPartition.unknown(swap.table(), swap.partition(), replaced));
  }
}
