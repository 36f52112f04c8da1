package dev.millrace.operate.publish;

import dev.millrace.io.table.Manifest;
import dev.millrace.operate.Balance;
import dev.millrace.operate.Folders;
import dev.millrace.operate.Tables;
import dev.millrace.record.Disposition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Adds up the commits in an output folder, by what lies there: no cluster is asked, and a run that
 * goes on isn't disturbed. Reads all commits of a run, one at a time.
 */
public final class CommittedRuns {
  /** The folder in the output with a folder for each run, as those who publish commits name it. */
  private static final String FOLDER = "_runs";

  private static final String COMMIT = ".ndjson";

  private CommittedRuns() {}

  /**
   * All runs that have commits in an output folder, by name; none if it isn't there.
   *
   * @throws PublishException if one can't be read
   */
  public static List<CommittedRun> in(Path output) {
    List<CommittedRun> runs = new ArrayList<>();
    try {
      for (Path folder : Folders.children(output.resolve(FOLDER))) {
        read(folder).ifPresent(runs::add);
      }
    } catch (IOException e) {
      throw PublishException.unreadable(output, e);
    }
    return runs;
  }

  /**
   * One run; nothing if it has no commits there.
   *
   * @throws PublishException if one can't be read
   */
  public static Optional<CommittedRun> in(Path output, String run) {
    try {
      for (Path folder : Folders.children(output.resolve(FOLDER))) {
        if (folder.getFileName().toString().equals(run)) {
          return read(folder);
        }
      }
    } catch (IOException e) {
      throw PublishException.unreadable(output, e);
    }
    return Optional.empty();
  }

  private static Optional<CommittedRun> read(Path folder) throws IOException {
    List<Path> commits = commits(folder);
    if (commits.isEmpty()) {
      return Optional.empty();
    }
    Sum sum = new Sum();
    for (Path commit : commits) {
      sum.add(name(commit), manifest(commit));
    }
    Path last = commits.get(commits.size() - 1);
    return Optional.of(
        new CommittedRun(
            folder.getFileName().toString(),
            commits.size(),
            name(last),
            Files.getLastModifiedTime(last).toInstant(),
            balance(sum.counts),
            sum.rejectedByReason,
            sum.waiting,
            List.copyOf(sum.unbalanced)));
  }

  /** In their order; one that is being written has a hidden name. */
  private static List<Path> commits(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[^.].*\\" + COMMIT))
          .sorted()
          .toList();
    }
  }

  private static String name(Path commit) {
    String file = commit.getFileName().toString();
    return file.substring(0, file.length() - COMMIT.length());
  }

  private static Manifest manifest(Path commit) {
    try {
      return Manifest.read(commit);
    } catch (UncheckedIOException e) {
      throw PublishException.unreadable(commit, e.getCause());
    }
  }

  private static Balance balance(Map<Disposition, Long> counts) {
    return new Balance(
        counts.getOrDefault(Disposition.READ, 0L),
        counts.getOrDefault(Disposition.PUBLISHED, 0L),
        counts.getOrDefault(Disposition.REJECTED, 0L),
        counts.getOrDefault(Disposition.DUPLICATE, 0L),
        counts.getOrDefault(Disposition.LATE, 0L),
        counts.getOrDefault(Disposition.FILTERED, 0L));
  }

  /** Commits, added up. */
  private static final class Sum {
    private final Map<Disposition, Long> counts = new EnumMap<>(Disposition.class);
    private final SortedMap<String, Long> rejectedByReason = new TreeMap<>();
    private final List<String> unbalanced = new ArrayList<>();
    private long waiting;

    void add(String name, Manifest commit) {
      Map<Disposition, Long> own = new EnumMap<>(Disposition.class);
      commit.tallies().forEach((tally, count) -> own.merge(tally.disposition(), count, Long::sum));
      own.forEach((disposition, count) -> counts.merge(disposition, count, Long::sum));
      commit
          .countByDetail(Disposition.REJECTED)
          .forEach((reason, count) -> rejectedByReason.merge(reason, count, Long::sum));
      Balance balance = balance(own);
      waiting += balance.published() - commit.rows(Tables.RECORDS);
      waiting += balance.late() - commit.rows(Tables.LATE);
      if (balance.read() != balance.accounted()) {
        unbalanced.add(name);
      }
    }
  }
}
