package dev.millrace.benchmarks.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a contender wrote, for DuckDB. All contenders write {@code records} and {@code aggregates}
 * as Parquet in day partitions, {@code quarantine} as lines, and the count of duplicates in {@code
 * report.json}. As to all engines, a file or folder whose name starts with a dot or an underscore
 * is no data.
 *
 * @param folder the contender's output folder
 */
public record Output(Path folder) {

  /** The Parquet files of a table, with the column {@code dt} of their folders, in SQL. */
  public String parquet(String table) throws IOException {
    return "read_parquet(%s, hive_partitioning = true)".formatted(files(table));
  }

  /** The files of a table, as a list in SQL. */
  public String files(String table) throws IOException {
    List<Path> files = data(table);
    if (files.isEmpty()) {
      throw new IOException("Cannot find data files in " + folder.resolve(table));
    }
    return files.stream().map(file -> "'" + file + "'").toList().toString();
  }

  /** Whether a table has any file. */
  boolean has(String table) throws IOException {
    return !data(table).isEmpty();
  }

  private List<Path> data(String table) throws IOException {
    Path root = folder.resolve(table);
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> Files.isRegularFile(file) && isData(root.relativize(file)))
          .toList();
    }
  }

  private static boolean isData(Path file) {
    return IntStream.range(0, file.getNameCount())
        .mapToObj(i -> file.getName(i).toString())
        .noneMatch(name -> name.startsWith(".") || name.startsWith("_"));
  }

  /** The duplicates that the contender counted; -1 if it didn't. */
  public long duplicates() throws IOException {
    JsonNode report = new ObjectMapper().readTree(folder.resolve("report.json").toFile());
    return report.path("duplicates").asLong(-1);
  }
}
