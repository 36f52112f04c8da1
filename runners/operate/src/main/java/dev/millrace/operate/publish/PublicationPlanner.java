package dev.millrace.operate.publish;

import dev.millrace.io.table.Manifest;
import dev.millrace.launch.StagedRun;
import dev.millrace.operate.Rows;
import dev.millrace.operate.Tables;
import dev.millrace.operate.publish.PublicationPlan.PlannedSwap;
import dev.millrace.record.Disposition;
import dev.millrace.record.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes a run that has passed its audit ready to be published, whenever that will be: each of its
 * partitions gets its manifest, and what is to be swapped is written down.
 */
final class PublicationPlanner {
  private final StagedRun run;
  private final Manifest manifest;
  private final int keepVersions;
  private final List<PlannedSwap> swaps = new ArrayList<>();

  PublicationPlanner(StagedRun run, Manifest manifest, int keepVersions) {
    this.run = run;
    this.manifest = manifest;
    this.keepVersions = keepVersions;
  }

  PublicationPlan plan() throws IOException {
    if (!manifest.files(Tables.QUARANTINE).isEmpty()) {
      addQuarantine();
    }
    for (String table : Tables.partitioned(manifest)) {
      addPartitions(table);
    }
    PublicationPlan plan = new PublicationPlan(run.runId(), keepVersions, swaps);
    plan.writeTo(run.staging());
    return plan;
  }

  private void addQuarantine() throws IOException {
    String folder = "run=" + run.runId();
    describe(Tables.QUARANTINE, folder, Tables.QUARANTINE);
    Path target = run.output().relativize(run.quarantine().resolve(folder));
    swaps.add(
        PlannedSwap.in(
            Tables.QUARANTINE, folder, Tables.QUARANTINE, target.toString(), run.runId()));
  }

  private void addPartitions(String table) throws IOException {
    SortedSet<String> staged = new TreeSet<>(Rows.inFiles(manifest, table).keySet());
    if (table.equals(Tables.RECORDS)) {
      staged.addAll(run.contract().partitions());
    }
    for (String partition : staged) {
      String name = table + "/" + partition;
      Files.createDirectories(run.staging().resolve(name));
      describe(table, partition, name);
      swaps.add(PlannedSwap.in(table, partition, name, name, run.runId()));
    }
    Set<String> emptied = ownedPartitions();
    emptied.removeAll(staged);
    emptied.forEach(partition -> swaps.add(PlannedSwap.out(table, partition)));
  }

  /**
   * The partitions that the run decides about: those of its interval, and those with an accepted
   * record. A table that has no rows for one of them now must not keep the rows of an earlier run.
   */
  private SortedSet<String> ownedPartitions() {
    SortedMap<String, Long> inside = manifest.countByPartition(Disposition.ACCEPTED);
    manifest
        .countByPartition(Disposition.FILTERED)
        .forEach((partition, filtered) -> inside.merge(partition, -filtered, Long::sum));
    SortedSet<String> owned = new TreeSet<>(run.contract().partitions());
    inside.forEach(
        (partition, records) -> {
          if (records > 0 && !partition.isEmpty()) {
            owned.add(partition);
          }
        });
    return owned;
  }

  private void describe(String table, String partition, String name) throws IOException {
    Path folder = run.staging().resolve(name);
    List<PublishedFile> files = new ArrayList<>();
    long rows = 0;
    for (WrittenFile file : manifest.files(table)) {
      if (file.path().startsWith(name + "/")) {
        String path = file.path().substring(name.length() + 1);
        String sha256 = PublishedFile.sha256(folder.resolve(path));
        files.add(new PublishedFile(path, file.rows(), file.bytes(), sha256));
        rows += file.rows();
      }
    }
    new PartitionManifest(
            run.runId(),
            0,
            run.pipeline(),
            run.pipelineVersion(),
            orNull(run.contract().id()),
            orNull(run.contract().version()),
            run.options().get("from"),
            run.options().get("to"),
            table,
            partition,
            rows,
            balance(partition),
            files)
        .writeTo(folder);
  }

  private SortedMap<String, Long> balance(String partition) {
    SortedMap<String, Long> balance = new TreeMap<>();
    for (Disposition disposition : Disposition.values()) {
      long count = manifest.count(disposition, partition);
      if (count > 0) {
        balance.put(disposition.code(), count);
      }
    }
    return balance;
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
