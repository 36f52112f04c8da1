package dev.millrace.io.table;

import dev.millrace.io.DiskReason;
import dev.millrace.io.WriteException;
import dev.millrace.record.Commit;
import dev.millrace.record.WrittenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.beam.sdk.util.CoderUtils;

/**
 * Audits a commit and publishes it, from wherever an attempt before has left it. Each step is one
 * rename or is as good as not done, and says by what is on the disk that it is done: so to begin
 * again is to go on, and there is nothing to undo.
 */
final class CommitPublication {
  /** The file that tells readers, and job schedulers, that a folder is whole. */
  static final String MARKER = "_SUCCESS";

  /** The tables that a partition has, if any: what an earlier run has in them goes. */
  private static final Set<String> TABLES = Set.of("records", "aggregates", "late");

  /** Runners may process two commits at a time, and folders are shared. */
  private static final ReentrantLock LOCK = new ReentrantLock();

  private final CommitFolders folders;
  private final Commit commit;
  private final OptionalDouble maxRejectedPercent;
  private final Consumer<CommitStep> steps;

  CommitPublication(CommitFolders folders, Commit commit, OptionalDouble maxRejectedPercent) {
    this(folders, commit, maxRejectedPercent, step -> {});
  }

  private CommitPublication(
      CommitFolders folders,
      Commit commit,
      OptionalDouble maxRejectedPercent,
      Consumer<CommitStep> steps) {
    this.folders = folders;
    this.commit = commit;
    this.maxRejectedPercent = maxRejectedPercent;
    this.steps = steps;
  }

  /** The same, telling somebody each step when it is done. */
  CommitPublication withSteps(Consumer<CommitStep> told) {
    return new CommitPublication(folders, commit, maxRejectedPercent, told);
  }

  /**
   * Publishes the commit, if it isn't, and those after it that have waited for it. If the one
   * before it isn't published, it waits on the disk: bundles of one key can overtake each other
   * where the runner doesn't know that they are of one key.
   *
   * @throws WriteException if a commit doesn't add up, or the disk fails
   */
  void publish() {
    LOCK.lock();
    try {
      if (comesFirst()) {
        publishInTurn();
        publishNext();
      } else {
        LocalFolders.write(folders.waiting(commit.after()), encoded());
        steps.accept(CommitStep.WAITING);
      }
    } catch (IOException e) {
      throw new WriteException("Cannot publish %s: %s".formatted(name(), DiskReason.of(e)), e);
    } finally {
      LOCK.unlock();
    }
  }

  private boolean comesFirst() {
    return commit.after().isEmpty() || Files.exists(folders.commitFile(commit.after()));
  }

  private void publishInTurn() throws IOException {
    if (!Files.exists(folders.commitFile(commit.name()))) {
      audit();
      steps.accept(CommitStep.AUDITED);
      publishFolders();
      publishAdditions();
      writeCommit();
      steps.accept(CommitStep.LISTED);
    }
    LocalFolders.delete(folders.staged(commit));
    steps.accept(CommitStep.CLEARED);
  }

  private void publishNext() throws IOException {
    Path waiting = folders.waiting(commit.name());
    if (Files.exists(waiting)) {
      Commit next =
          CoderUtils.decodeFromByteArray(Commit.CommitCoder.of(), Files.readAllBytes(waiting));
      new CommitPublication(folders, next, maxRejectedPercent, steps).publish();
      Files.delete(waiting);
      steps.accept(CommitStep.TAKEN);
    }
  }

  private byte[] encoded() throws IOException {
    return CoderUtils.encodeToByteArray(Commit.CommitCoder.of(), commit);
  }

  private void audit() throws IOException {
    List<String> problems = new CommitAudit(folders, commit, maxRejectedPercent).problems();
    if (!problems.isEmpty()) {
      throw refused(String.join("; ", problems));
    }
    String last = LocalFolders.lastName(folders.commits());
    if (last.compareTo(commit.name()) > 0) {
      throw refused("%s, which comes after it, is published".formatted(last));
    }
  }

  private WriteException refused(String reason) {
    return new WriteException(
        "Cannot publish %s: %s (it lies in %s)".formatted(name(), reason, folders.staging()));
  }

  private String name() {
    return "commit %s of %s".formatted(commit.name(), folders.runId());
  }

  /** Puts whole folders in their places: the partitions that are complete, and the rejects. */
  private void publishFolders() throws IOException {
    Map<Path, Path> staged = new TreeMap<>();
    for (WrittenFile file : commit.files()) {
      Path folder = folders.staged(file).getParent();
      if (file.table().equals(CommitFolders.QUARANTINE)) {
        staged.put(folders.rejects(commit), folder.getParent());
      } else if (folders.isOfFolder(commit, file)) {
        staged.put(folders.published(file.table(), file.partition()), folder);
      }
    }
    for (Map.Entry<Path, Path> place : staged.entrySet()) {
      if (Files.exists(place.getValue())) {
        prepare(place.getValue());
        putAside(place.getKey());
        LocalFolders.move(place.getValue(), place.getKey());
        steps.accept(CommitStep.SWAPPED);
      }
    }
    for (String partition : commit.completed()) {
      for (String table : TABLES) {
        Path emptied = folders.published(table, partition);
        if (!staged.containsKey(emptied)) {
          putAside(emptied);
        }
      }
    }
  }

  /** A staged folder that is gone has been published. */
  private void prepare(Path staged) throws IOException {
    LocalFolders.deleteOthers(staged, ours(staged));
    LocalFolders.mark(staged);
    steps.accept(CommitStep.MARKED);
  }

  private void putAside(Path published) throws IOException {
    if (Files.exists(published)) {
      Path aside = folders.replaced(commit);
      LocalFolders.delete(aside);
      LocalFolders.move(published, aside);
      steps.accept(CommitStep.SET_ASIDE);
    }
  }

  /** What an attempt that failed has left beside them is not to be published. */
  private Set<Path> ours(Path staged) {
    Set<Path> ours = new HashSet<>();
    for (WrittenFile file : commit.files()) {
      Path path = folders.staged(file);
      if (path.startsWith(staged)) {
        ours.add(path);
      }
    }
    return ours;
  }

  /** Each file appears whole, in a folder that has its marker before or gets it after. */
  private void publishAdditions() throws IOException {
    for (WrittenFile file : commit.files()) {
      if (!folders.isOfFolder(commit, file)) {
        Path target = folders.published(commit, file);
        if (Files.exists(folders.staged(file))) {
          LocalFolders.move(folders.staged(file), target);
          steps.accept(CommitStep.ADDED);
        }
        LocalFolders.mark(target.getParent());
      }
    }
  }

  /** The last step: from then on the commit is published. */
  private void writeCommit() throws IOException {
    List<WrittenFile> files =
        commit.files().stream().map(written -> folders.listed(commit, written)).toList();
    String lines = String.join("\n", ManifestLines.of(files, commit.tallies())) + "\n";
    LocalFolders.write(folders.commitFile(commit.name()), lines.getBytes(StandardCharsets.UTF_8));
  }
}
