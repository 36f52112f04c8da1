package dev.millrace.io.table;

import dev.millrace.record.Commit;
import dev.millrace.record.WrittenFile;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the files of commits lie before and after they are published.
 *
 * @param staging holds a folder for each commit that isn't published
 * @param appended the tables that files are only added to
 */
record CommitFolders(
    String runId, String staging, String output, String quarantine, Set<String> appended)
    implements Serializable {
  static final String QUARANTINE = "quarantine";

  /** The folder in the output with the commits of all runs; readers of tables pass it over. */
  private static final String RUNS = "_runs";

  CommitFolders {
    appended = new TreeSet<>(appended);
  }

  CommitFolders withQuarantine(String folder) {
    return new CommitFolders(runId, staging, output, folder, appended);
  }

  CommitFolders withAppended(Set<String> tables) {
    return new CommitFolders(runId, staging, output, quarantine, tables);
  }

  Path staged(Commit commit) {
    return Path.of(staging).resolve(commit.name());
  }

  /** Where what a commit replaces is put aside. */
  Path replaced(Commit commit) {
    return staged(commit).resolve("replaced");
  }

  /** Where the commit that comes after another waits, if it came first. */
  Path waiting(String after) {
    return Path.of(staging).resolve(after + ".next");
  }

  /** The folder of a run's commits. */
  Path commits() {
    return Path.of(output).resolve(RUNS).resolve(runId);
  }

  /** The file that says that a commit is published. */
  Path commitFile(String commit) {
    return commits().resolve(commit + ".ndjson");
  }

  Path published(String table, String partition) {
    return Path.of(output).resolve(table).resolve(partition);
  }

  /** The folder of the rejects of a commit. */
  Path rejects(Commit commit) {
    return Path.of(quarantine).resolve("run=%s-%s".formatted(runId, commit.name()));
  }

  /** Where a file lies before it is published. */
  Path staged(WrittenFile file) {
    return Path.of(staging).resolve(file.path());
  }

  /** Whether a file is of a folder that is published as a whole. */
  boolean isOfFolder(Commit commit, WrittenFile file) {
    return file.table().equals(QUARANTINE)
        || (!appended.contains(file.table()) && commit.completed().contains(file.partition()));
  }

  /** Where a file lies when it is published. */
  Path published(Commit commit, WrittenFile file) {
    Path partition =
        file.table().equals(QUARANTINE)
            ? rejects(commit).resolve(file.partition())
            : published(file.table(), file.partition());
    return partition.resolve(name(commit, file));
  }

  /** The file as the manifest of its commit lists it. */
  WrittenFile listed(Commit commit, WrittenFile file) {
    String run = file.table().equals(QUARANTINE) ? rejects(commit).getFileName() + "/" : "";
    String path = "%s/%s%s/%s".formatted(file.table(), run, file.partition(), name(commit, file));
    return new WrittenFile(file.table(), file.partition(), path, file.rows(), file.bytes());
  }

  /**
   * What is published as a whole keeps its names; what is added gets some that no other run and no
   * other commit gives.
   */
  private String name(Commit commit, WrittenFile file) {
    String name = file.path().substring(file.path().lastIndexOf('/') + 1);
    return isOfFolder(commit, file)
        ? name
        : name.replaceFirst("^[a-z]+", "$0-%s-%s".formatted(runId, commit.name()));
  }
}
