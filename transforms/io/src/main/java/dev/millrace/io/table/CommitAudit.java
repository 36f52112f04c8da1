package dev.millrace.io.table;

import dev.millrace.record.Commit;
import dev.millrace.record.Disposition;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Tally;
import dev.millrace.record.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Whether a commit may be published: every record that was read in it has come to one end, also of
 * each partition; its files have the rows that are due, and are there.
 */
final class CommitAudit {
  private static final Set<Disposition> ENDS =
      EnumSet.of(
          Disposition.PUBLISHED,
          Disposition.REJECTED,
          Disposition.DUPLICATE,
          Disposition.LATE,
          Disposition.FILTERED);

  private final CommitFolders folders;
  private final Commit commit;
  private final OptionalDouble maxRejectedPercent;
  private final List<String> problems = new ArrayList<>();

  CommitAudit(CommitFolders folders, Commit commit, OptionalDouble maxRejectedPercent) {
    this.folders = folders;
    this.commit = commit;
    this.maxRejectedPercent = maxRejectedPercent;
  }

  /** What is wrong, one line each; nothing if it may be published. */
  List<String> problems() throws IOException {
    checkRead();
    checkPartitions();
    checkRows("records", Disposition.PUBLISHED, Tally::partition);
    checkRows("late", Disposition.LATE, Tally::partition);
    checkRows(CommitFolders.QUARANTINE, Disposition.REJECTED, tally -> "reason=" + tally.detail());
    checkFiles();
    checkBudget();
    return List.copyOf(problems);
  }

  private void checkRead() {
    long read = sum(is(Disposition.READ));
    long ended = sum(tally -> ENDS.contains(tally.disposition()));
    if (read != ended) {
      problems.add("%s records were read, but %s are accounted for".formatted(read, ended));
    }
  }

  private void checkPartitions() {
    Map<String, Long> accepted =
        count(commit.tallies(), is(Disposition.ACCEPTED), Tally::partition);
    Map<String, Long> ended = count(commit.tallies(), CommitAudit::endsAccepted, Tally::partition);
    compare(accepted, ended, "%s accepted %s records, but %s are accounted for");
  }

  private static boolean endsAccepted(Tally tally) {
    return tally.disposition() == Disposition.REJECTED
        ? tally.detail().equals(RejectReason.CONFLICTING_KEY.code())
        : ENDS.contains(tally.disposition());
  }

  private void checkRows(String table, Disposition disposition, Function<Tally, String> key) {
    Map<String, Long> written = new TreeMap<>();
    for (WrittenFile file : commit.files()) {
      if (file.table().equals(table)) {
        written.merge(file.partition(), file.rows(), Long::sum);
      }
    }
    compare(
        count(commit.due(), is(disposition), key),
        written,
        table + "/%s should hold %s rows, but its files hold %s");
  }

  private void checkFiles() throws IOException {
    for (WrittenFile file : commit.files()) {
      Path staged = folders.staged(file);
      Path place = Files.exists(staged) ? staged : folders.published(commit, file);
      if (!Files.exists(place)) {
        problems.add(file.path() + " is missing");
      } else if (Files.size(place) != file.bytes()) {
        problems.add(
            "%s holds %s bytes, but %s were written"
                .formatted(place, Files.size(place), file.bytes()));
      }
    }
  }

  private void checkBudget() {
    long read = sum(is(Disposition.READ));
    long rejected = sum(is(Disposition.REJECTED));
    maxRejectedPercent.ifPresent(
        percent -> {
          if (rejected * 100.0 > percent * read) {
            problems.add(
                "%s of %s records were rejected, and at most %s %% are allowed"
                    .formatted(rejected, read, percent));
          }
        });
  }

  private static Predicate<Tally> is(Disposition disposition) {
    return tally -> tally.disposition() == disposition;
  }

  private long sum(Predicate<Tally> which) {
    return count(commit.tallies(), which, tally -> "").values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static Map<String, Long> count(
      Map<Tally, Long> tallies, Predicate<Tally> which, Function<Tally, String> key) {
    Map<String, Long> counts = new TreeMap<>();
    tallies.forEach(
        (tally, count) -> {
          if (which.test(tally)) {
            counts.merge(key.apply(tally), count, Long::sum);
          }
        });
    return counts;
  }

  /** The format takes a key and both counts. */
  private void compare(Map<String, Long> expected, Map<String, Long> actual, String format) {
    Set<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(actual.keySet());
    for (String key : keys) {
      long should = expected.getOrDefault(key, 0L);
      long does = actual.getOrDefault(key, 0L);
      if (should != does) {
        problems.add(format.formatted(key, should, does));
      }
    }
  }
}
