package dev.millrace.operate;

import dev.millrace.io.table.Manifest;
import dev.millrace.record.Tally;
import dev.millrace.record.WrittenFile;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Rows as a manifest gives them, summed by partition, reason or hour. */
public final class Rows {
  private Rows() {}

  /** The rows of a table's files, by partition. */
  public static SortedMap<String, Long> inFiles(Manifest manifest, String table) {
    SortedMap<String, Long> rows = new TreeMap<>();
    for (WrittenFile file : manifest.files(table)) {
      rows.merge(file.partition(), file.rows(), Long::sum);
    }
    return rows;
  }

  /** The counts of the tallies that are asked for, by what the key function makes of them. */
  public static SortedMap<String, Long> counted(
      Manifest manifest, Predicate<Tally> which, Function<Tally, String> key) {
    SortedMap<String, Long> rows = new TreeMap<>();
    for (Map.Entry<Tally, Long> entry : manifest.tallies().entrySet()) {
      if (which.test(entry.getKey())) {
        rows.merge(key.apply(entry.getKey()), entry.getValue(), Long::sum);
      }
    }
    return rows;
  }

  /** All of them together. */
  public static long sum(Map<String, Long> rows) {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The counts, the largest first; equal ones by name. */
  public static List<Map.Entry<String, Long>> byCount(Map<String, Long> rows) {
    return rows.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }
}
