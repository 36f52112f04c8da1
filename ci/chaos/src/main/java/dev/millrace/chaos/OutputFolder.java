package dev.millrace.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** What a run has published as files, as its readers find it: what has no marker isn't there. */
record OutputFolder(Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MARKER = "_SUCCESS";

  /** The rows of a table of Parquet files. */
  Bag flights(String table) throws IOException, SQLException {
    Bag bag = new Bag();
    List<Path> files = published(table, ".parquet");
    if (files.isEmpty()) {
      return bag;
    }
    String names = String.join("','", files.stream().map(Path::toString).toList());
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select epoch_ms(date), delay, distance, origin, destination"
                    + " from read_parquet(['%s'], hive_partitioning = false)".formatted(names))) {
      Table.addAll(rows, bag);
    }
    return bag;
  }

  /** The bytes of all that is in the quarantine. */
  Bag rejected() throws IOException {
    Bag bag = new Bag();
    for (Path file : published("quarantine", ".ndjson")) {
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          bag.add(Message.identityOf(original(JSON.readTree(line))));
        }
      }
    }
    return bag;
  }

  private static byte[] original(JsonNode rejected) {
    if (rejected.path("message").path("tombstone").asBoolean()) {
      return null;
    }
    return rejected.has("originalBase64")
        ? Base64.getDecoder().decode(rejected.path("originalBase64").asText())
        : rejected.path("original").asText().getBytes(StandardCharsets.UTF_8);
  }

  /** The run's own counts of what became of its records, over all commits. */
  Bag balance() throws IOException {
    Bag bag = new Bag();
    for (Path commit : files(folder.resolve("_runs"), ".ndjson")) {
      for (String line : Files.readAllLines(commit)) {
        JsonNode entry = JSON.readTree(line);
        bag.add(entry.path("tally").path("disposition").asText(), entry.path("count").asLong());
      }
    }
    return bag;
  }

  /** Whether a day is complete. */
  boolean hasPublished(String day) {
    return Files.exists(folder.resolve("records/dt=" + day).resolve(MARKER));
  }

  /** The partitions of a table that readers may read. */
  private List<Path> published(String table, String suffix) throws IOException {
    return files(folder.resolve(table), suffix).stream()
        .filter(file -> isMarked(file.getParent()))
        .toList();
  }

  /** A partition has a marker, and so has the quarantine of a commit, which is the folder above. */
  private boolean isMarked(Path partition) {
    return Files.exists(partition.resolve(MARKER))
        || Files.exists(partition.resolveSibling(MARKER));
  }

  private static List<Path> files(Path folder, String suffix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(suffix))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }
}
