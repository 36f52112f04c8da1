package dev.millrace.io.table;

import dev.millrace.record.Disposition;
import dev.millrace.record.Tally;
import dev.millrace.record.WrittenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a run wrote and what became of every record, as {@link WriteManifest} wrote it down.
 *
 * @param files the completed files, in the order of table, partition and path
 * @param tallies how many records each tally counts, in the order of the file
 */
public record Manifest(List<WrittenFile> files, Map<Tally, Long> tallies) {
  /** The name of the file in the folder that it lists. */
  public static final String FILE_NAME = "manifest.ndjson";

  /** Keeps immutable copies. */
  public Manifest {
    files = List.copyOf(files);
    tallies = Collections.unmodifiableMap(new LinkedHashMap<>(tallies));
  }

  /**
   * Reads a manifest.
   *
   * @throws UncheckedIOException if it isn't there or isn't one; the message names file and line
   */
  public static Manifest read(Path file) {
    List<WrittenFile> files = new ArrayList<>();
    Map<Tally, Long> tallies = new LinkedHashMap<>();
    int number = 0;
    try {
      for (String line : Files.readAllLines(file)) {
        number++;
        ManifestLines.read(line, files, tallies);
      }
    } catch (IOException e) {
      String message =
          !Files.exists(file)
              ? "Cannot read manifest: %s does not exist".formatted(file)
              : "Cannot read manifest: %s:%s: %s".formatted(file, number, e.getMessage());
      throw new UncheckedIOException(message, e);
    }
    return new Manifest(files, tallies);
  }

  /** How many records had this disposition, over all partitions. */
  public long count(Disposition disposition) {
    return sum(tally -> tally.disposition() == disposition);
  }

  /** How many records of this partition had this disposition; "" is where it is not known. */
  public long count(Disposition disposition, String partition) {
    return sum(tally -> tally.disposition() == disposition && tally.partition().equals(partition));
  }

  /** How many records had this disposition, by detail: for rejects, by reason. */
  public NavigableMap<String, Long> countByDetail(Disposition disposition) {
    return sumBy(disposition, Tally::detail);
  }

  /** How many records had this disposition, by partition. */
  public NavigableMap<String, Long> countByPartition(Disposition disposition) {
    return sumBy(disposition, Tally::partition);
  }

  /** The files of one table. */
  public List<WrittenFile> files(String table) {
    return files.stream().filter(file -> file.table().equals(table)).toList();
  }

  /** How many rows the files of one table have. */
  public long rows(String table) {
    return files(table).stream().mapToLong(WrittenFile::rows).sum();
  }

  private long sum(Predicate<Tally> which) {
    return tallies.entrySet().stream()
        .filter(count -> which.test(count.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private NavigableMap<String, Long> sumBy(Disposition disposition, Function<Tally, String> key) {
    return tallies.entrySet().stream()
        .filter(count -> count.getKey().disposition() == disposition)
        .collect(
            Collectors.groupingBy(
                count -> key.apply(count.getKey()),
                TreeMap::new,
                Collectors.summingLong(Map.Entry::getValue)));
  }
}
