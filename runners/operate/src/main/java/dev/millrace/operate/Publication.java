package dev.millrace.operate;

import dev.millrace.io.Manifest;
import dev.millrace.launch.StagedRun;
import dev.millrace.record.Disposition;
import dev.millrace.record.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * The swaps that publish a run: all of them or none.
 *
 * <p>What is replaced is set aside in staging until the last partition is in place. While that
 * folder is there the publish is not done, and can be undone; renaming it is the point of no
 * return.
 */
final class Publication {
  private final Path replaced;
  private final Path discarded;
  private final List<Swap> swaps = new ArrayList<>();

  private Publication(Path staging) {
    this.replaced = staging.resolve("replaced");
    this.discarded = staging.resolve("discarded");
  }

  static Publication of(StagedRun run, Manifest manifest) {
    Publication publication = new Publication(run.staging());
    if (!manifest.files(Tables.QUARANTINE).isEmpty()) {
      publication.addQuarantine(run, manifest);
    }
    for (String table : Tables.partitioned(manifest)) {
      Set<String> staged = Rows.inFiles(manifest, table).keySet();
      for (String partition : staged) {
        publication.addPartition(run, manifest, table + "/" + partition);
      }
      Set<String> emptied = ownedPartitions(manifest);
      emptied.removeAll(staged);
      for (String partition : emptied) {
        publication.addEmptied(run, table + "/" + partition);
      }
    }
    return publication;
  }

  private void addQuarantine(StagedRun run, Manifest manifest) {
    String folder = "run=" + run.runId();
    swaps.add(
        Swap.in(
            Tables.QUARANTINE + "/" + folder,
            run.staging().resolve(Tables.QUARANTINE),
            run.quarantine().resolve(folder),
            replaced.resolve(Tables.QUARANTINE),
            run.quarantine(),
            filesIn(manifest, Tables.QUARANTINE)));
  }

  private void addPartition(StagedRun run, Manifest manifest, String name) {
    swaps.add(
        Swap.in(
            name,
            run.staging().resolve(name),
            run.output().resolve(name),
            replaced.resolve(name),
            run.output(),
            filesIn(manifest, name)));
  }

  private void addEmptied(StagedRun run, String name) {
    swaps.add(Swap.out(name, run.output().resolve(name), replaced.resolve(name), run.output()));
  }

  private static Map<String, Long> filesIn(Manifest manifest, String folder) {
    Map<String, Long> files = new HashMap<>();
    for (WrittenFile file : manifest.files()) {
      if (file.path().startsWith(folder + "/")) {
        files.put(file.path().substring(folder.length() + 1), file.bytes());
      }
    }
    return files;
  }

  /**
   * The partitions that the run decides about: those with an accepted record inside of the
   * interval. A table that has no rows for one of them now must not keep the rows of an earlier
   * run.
   */
  private static Set<String> ownedPartitions(Manifest manifest) {
    SortedMap<String, Long> inside = manifest.countByPartition(Disposition.ACCEPTED);
    manifest
        .countByPartition(Disposition.FILTERED)
        .forEach((partition, filtered) -> inside.merge(partition, -filtered, Long::sum));
    Set<String> owned = new TreeSet<>();
    for (Map.Entry<String, Long> entry : inside.entrySet()) {
      if (entry.getValue() > 0 && !entry.getKey().isEmpty()) {
        owned.add(entry.getKey());
      }
    }
    return owned;
  }

  /** Undoes what an earlier attempt to publish the same staging folder left behind. */
  void recover() {
    List<IOException> stuck = Files.exists(replaced) ? undo() : List.of();
    if (!stuck.isEmpty()) {
      throw PublishException.halfUndone("run", stuck.get(0), replaced, stuck);
    }
  }

  /**
   * Runs every swap, then the last step, whose failure also undoes them.
   *
   * @throws PublishException if the disk fails; what was replaced is back where it was
   */
  void publish(Step last) {
    String at = "run";
    try {
      Files.createDirectories(replaced);
      for (Swap swap : swaps) {
        at = swap.name();
        swap.mark();
        swap.run();
      }
      at = "report";
      last.run();
      Files.move(replaced, discarded);
    } catch (IOException e) {
      List<IOException> stuck = undo();
      throw stuck.isEmpty()
          ? PublishException.of(at, e)
          : PublishException.halfUndone(at, e, replaced, stuck);
    }
  }

  /** Undoes every swap that can be, and gives what kept the others from it. */
  private List<IOException> undo() {
    List<IOException> stuck = new ArrayList<>();
    for (Swap swap : swaps) {
      try {
        swap.undo();
      } catch (IOException e) {
        stuck.add(e);
      }
    }
    return stuck;
  }

  /** What can fail on the disk. */
  interface Step {
    void run() throws IOException;
  }
}
