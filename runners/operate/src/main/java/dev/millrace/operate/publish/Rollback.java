package dev.millrace.operate.publish;

import dev.millrace.operate.Folders;
import dev.millrace.operate.Quantities;
import dev.millrace.operate.publish.PublicationPlan.PlannedSwap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Puts an earlier version of a partition in the place of the one that readers see: all of its
 * tables, or none. What was there becomes a version itself, so that a rollback can be undone by
 * another. The quarantine of runs stays as it is.
 */
public final class Rollback {
  private final Path output;
  private final String partition;
  private final Optional<String> toRun;
  private final Consumer<PublishStep> reached;

  private Rollback(
      Path output, String partition, Optional<String> toRun, Consumer<PublishStep> reached) {
    this.output = output;
    this.partition = partition;
    this.toRun = toRun;
    this.reached = reached;
  }

  /** To the version before the one that readers see. */
  public static Rollback of(Path output, String partition) {
    return new Rollback(
        output.toAbsolutePath().normalize(), partition, Optional.empty(), step -> {});
  }

  /** To the version that a run wrote, whether it is earlier or later. */
  public Rollback to(String run) {
    return new Rollback(output, partition, Optional.of(run), reached);
  }

  Rollback withSteps(Consumer<PublishStep> reached) {
    return new Rollback(output, partition, toRun, reached);
  }

  /**
   * Rolls back.
   *
   * @return what readers see now, table by table
   * @throws IllegalArgumentException if there is no such version
   * @throws PublishException if the disk fails; nothing is changed then
   */
  public List<PublishedPartition> execute() {
    try (OutputLock lock = OutputLock.of(output)) {
      Recovery.of(output).run(lock);
      Path version = version();
      Path staging = staging(version);
      Files.createDirectories(staging);
      PublicationPlan plan = plan(version, staging);
      plan.writeTo(staging);
      return new Publisher(staging, output, plan, reached).publish(lock);
    } catch (IOException e) {
      throw PublishException.of("rollback of " + partition, e);
    }
  }

  /**
   * Says what {@link #execute} would return, and does nothing of it.
   *
   * @throws IllegalArgumentException as that does
   * @throws PublishException as that does
   */
  public List<PublishedPartition> preview() {
    try (OutputLock lock = OutputLock.of(output)) {
      Recovery.of(output).run(lock);
      Path version = version();
      Path staging = staging(version);
      return new Publisher(staging, output, plan(version, staging), reached).preview();
    } catch (IOException e) {
      throw PublishException.of("rollback of " + partition, e);
    }
  }

  private Path staging(Path version) {
    return output
        .resolve(StagingFolders.NAME)
        .resolve("rollback-" + partition.replace('/', '-') + "-" + version.getFileName());
  }

  private Path version() throws IOException {
    Versions versions = Versions.in(output);
    checkPartition(versions.partitions());
    NavigableMap<Long, Path> kept = versions.of(partition);
    if (toRun.isPresent()) {
      for (Path version : kept.values()) {
        if (run(version).equals(toRun)) {
          return version;
        }
      }
      throw new IllegalArgumentException(
          "Cannot roll back %s: no version of run %s is kept (%s)"
              .formatted(partition, toRun.get(), listed(kept)));
    }
    NavigableMap<Long, Path> earlier = kept.headMap(versions.current(partition), false);
    if (earlier.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot roll back %s: no earlier version is kept (%s)"
              .formatted(partition, listed(kept)));
    }
    return earlier.lastEntry().getValue();
  }

  private void checkPartition(SortedSet<String> known) {
    if (!known.contains(partition)) {
      throw new IllegalArgumentException(
          "Cannot find partition %s in %s (%s)"
              .formatted(
                  partition,
                  output,
                  known.isEmpty()
                      ? "there are none"
                      : "there are %s, from %s to %s"
                          .formatted(Quantities.count(known.size()), known.first(), known.last())));
    }
  }

  private static String listed(NavigableMap<Long, Path> kept) throws IOException {
    List<String> runs = new ArrayList<>();
    for (Path version : kept.values()) {
      runs.add(run(version).orElse("unknown"));
    }
    return runs.isEmpty()
        ? "there are none"
        : "there are those of: " + runs.stream().collect(Collectors.joining(", "));
  }

  /** The run that wrote a version. */
  private static Optional<String> run(Path version) throws IOException {
    for (Path table : Folders.children(version)) {
      Optional<PartitionManifest> manifest = PartitionManifest.in(table);
      if (manifest.isPresent()) {
        return manifest.map(PartitionManifest::run);
      }
    }
    return Optional.empty();
  }

  /** The tables of the version come, and what else the present one has goes. */
  private PublicationPlan plan(Path version, Path staging) throws IOException {
    Map<String, PlannedSwap> swaps = new TreeMap<>();
    long current = Versions.in(output).current(partition);
    for (String table : Versions.in(output).tables()) {
      Optional<PartitionManifest> manifest =
          PartitionManifest.in(output.resolve(table).resolve(partition));
      if (manifest.filter(each -> each.version() == current).isPresent()) {
        swaps.put(table, PlannedSwap.out(table, partition));
      }
    }
    for (Path folder : Folders.children(version)) {
      String table = folder.getFileName().toString();
      String run = PartitionManifest.in(folder).map(PartitionManifest::run).orElse(null);
      swaps.put(
          table,
          PlannedSwap.in(
              table,
              partition,
              staging.relativize(folder).toString(),
              table + "/" + partition,
              run));
    }
    int kept = Math.max(1, Versions.in(output).of(partition).size());
    return new PublicationPlan("rollback of " + partition, kept, List.copyOf(swaps.values()));
  }
}
