package dev.millrace.operate.publish;

import dev.millrace.operate.Folders;
import dev.millrace.operate.Tables;
import dev.millrace.operate.publish.PublicationPlan.PlannedSwap;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The partitions of an output folder and of its staging folders, as they lie there.
 *
 * @param published those with a marker, by name; without a manifest where a run that goes on wrote
 *     them
 * @param staged those of runs that have passed their audit, of several runs the last by name
 */
public record PartitionsOnDisk(
    SortedMap<String, Optional<PartitionManifest>> published,
    SortedMap<String, PartitionManifest> staged) {

  /** A publish moves folders while they are looked at; several in a row are unlikely. */
  private static final int MOST_LOOKS = 10;

  /**
   * Those in an output folder; none if it isn't there.
   *
   * @throws PublishException if the disk fails
   */
  public static PartitionsOnDisk in(Path output) {
    for (int look = 1; ; look++) {
      try {
        if (!Files.isDirectory(output)) {
          return new PartitionsOnDisk(new TreeMap<>(), new TreeMap<>());
        }
        // First those that are staged: a publish that comes in between leaves them in both.
        SortedMap<String, PartitionManifest> staged = staged(output);
        return new PartitionsOnDisk(published(output), staged);
      } catch (NoSuchFileException | FileNotFoundException e) {
        if (look == MOST_LOOKS) {
          throw PublishException.unreadable(output, e);
        }
      } catch (IOException e) {
        throw PublishException.unreadable(output, e);
      }
    }
  }

  private static SortedMap<String, Optional<PartitionManifest>> published(Path output)
      throws IOException {
    SortedMap<String, Optional<PartitionManifest>> published = new TreeMap<>();
    for (String table : tables(output)) {
      Path root = output.resolve(table);
      for (Path folder : partitions(root)) {
        String name = root.relativize(folder).toString().replace('\\', '/');
        Optional<PartitionManifest> manifest = PartitionManifest.in(folder);
        published.merge(name, manifest, (first, second) -> first.or(() -> second));
      }
    }
    return published;
  }

  /** The whole ones, of days or of hours. */
  private static List<Path> partitions(Path table) throws IOException {
    List<Path> partitions = new ArrayList<>();
    for (Path day : Folders.children(table)) {
      List<Path> folders = new ArrayList<>(Folders.children(day));
      folders.add(day);
      folders.removeIf(
          folder ->
              PartitionTimes.interval(table.relativize(folder).toString().replace('\\', '/'))
                      .isEmpty()
                  || !Files.exists(folder.resolve(Folders.MARKER)));
      partitions.addAll(folders);
    }
    return partitions;
  }

  /** The records decide; a pipeline that has no such table has others that do. */
  private static List<String> tables(Path output) throws IOException {
    List<String> tables = Versions.in(output).tables();
    return tables.contains(Tables.RECORDS) ? List.of(Tables.RECORDS) : tables;
  }

  private static SortedMap<String, PartitionManifest> staged(Path output) throws IOException {
    SortedMap<String, PartitionManifest> staged = new TreeMap<>();
    for (Path staging : StagingFolders.in(output)) {
      Optional<PublicationPlan> plan = PublicationPlan.in(staging);
      for (PlannedSwap swap : plan.map(PublicationPlan::swaps).orElse(List.of())) {
        if (swap.source() != null && PartitionTimes.interval(swap.partition()).isPresent()) {
          PartitionManifest.in(staging.resolve(swap.source()))
              .ifPresent(manifest -> add(staged, manifest));
        }
      }
    }
    return staged;
  }

  private static void add(SortedMap<String, PartitionManifest> staged, PartitionManifest manifest) {
    PartitionManifest before = staged.get(manifest.partition());
    if (before == null
        || !before.run().equals(manifest.run())
        || manifest.table().equals(Tables.RECORDS)) {
      staged.put(manifest.partition(), manifest);
    }
  }
}
