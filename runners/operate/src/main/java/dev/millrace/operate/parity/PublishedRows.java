package dev.millrace.operate.parity;

import dev.millrace.io.table.TableRows;
import dev.millrace.operate.Folders;
import dev.millrace.operate.PartitionFiles;
import dev.millrace.operate.Tables;
import dev.millrace.operate.report.RunReport;
import dev.millrace.quarantine.QuarantineReader;
import dev.millrace.quarantine.QuarantinedRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a run published, to be compared with what another did: the rows of each table with their
 * partitions, the rejected records, and the counts, each as lines in their order. What depends on
 * how the run was run is not in it: names of files, and where in the input a record was.
 */
record PublishedRows(SortedMap<String, List<String>> lines) {
  /** How many differences of a table are listed. */
  private static final int LISTED = 3;

  static PublishedRows of(RunReport report) throws IOException {
    SortedMap<String, List<String>> lines = new TreeMap<>();
    lines.put("counts", counts(report));
    for (String table : report.tables().keySet()) {
      lines.put(table, rows(report.table(table)));
    }
    Path quarantine = report.paths().get(Tables.QUARANTINE);
    lines.put(Tables.QUARANTINE, quarantine == null ? List.of() : rejects(quarantine));
    return new PublishedRows(lines);
  }

  private static List<String> counts(RunReport report) {
    List<String> counts = new ArrayList<>();
    counts.add(report.balance().read() + " read = " + report.balance().outcomes());
    report.rejectedByReason().forEach((reason, count) -> counts.add(reason + " " + count));
    report.hours().forEach((hour, count) -> counts.add(hour + " " + count));
    report.rules().forEach(rule -> counts.add(rule.sentence()));
    report.failures().forEach(check -> counts.add(check.message()));
    return counts;
  }

  private static List<String> rows(List<PartitionFiles> partitions) throws IOException {
    List<String> rows = new ArrayList<>();
    for (PartitionFiles partition : partitions) {
      for (String file : Folders.sizes(partition.path()).keySet()) {
        for (String row : TableRows.read(partition.path().resolve(file))) {
          rows.add(partition.partition() + " " + row);
        }
      }
    }
    rows.sort(null);
    return rows;
  }

  private static List<String> rejects(Path folder) throws IOException {
    try (Stream<QuarantinedRecord> records = QuarantineReader.read(folder)) {
      return records
          .map(record -> record.id() + " " + record.rejected().violations())
          .sorted()
          .toList();
    }
  }

  /** The rows of all tables. */
  long size() {
    return lines.entrySet().stream()
        .filter(table -> !table.getKey().equals("counts"))
        .mapToLong(table -> table.getValue().size())
        .sum();
  }

  /** The first lines of each table that only one of the two has. */
  List<String> differences(PublishedRows other, String otherName) {
    SortedSet<String> tables = new TreeSet<>(lines.keySet());
    tables.addAll(other.lines.keySet());
    List<String> differences = new ArrayList<>();
    for (String table : tables) {
      List<String> mine = lines.getOrDefault(table, List.of());
      List<String> others = other.lines.getOrDefault(table, List.of());
      compare(table, mine, others, otherName, differences);
    }
    return differences;
  }

  private static void compare(
      String table,
      List<String> mine,
      List<String> others,
      String otherName,
      List<String> differences) {
    int i = 0;
    int j = 0;
    int found = 0;
    while ((i < mine.size() || j < others.size()) && found < LISTED) {
      int order =
          i == mine.size() ? 1 : j == others.size() ? -1 : mine.get(i).compareTo(others.get(j));
      if (order < 0) {
        differences.add("%s: %s lacks %s".formatted(table, otherName, mine.get(i++)));
        found++;
      } else if (order > 0) {
        differences.add("%s: only %s has %s".formatted(table, otherName, others.get(j++)));
        found++;
      } else {
        i++;
        j++;
      }
    }
  }
}
