package dev.millrace.pipelines.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.io.table.Manifest;
import dev.millrace.io.table.TableRows;
import dev.millrace.record.Disposition;
import dev.millrace.record.Tally;
import dev.millrace.record.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a run left in its folder, read back as lines of JSON in a canonical order. */
public final class StagedOutput {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path staging;
  private final Manifest manifest;

  public StagedOutput(Path staging) {
    this(staging, Manifest.read(staging.resolve("manifest.ndjson")));
  }

  private StagedOutput(Path staging, Manifest manifest) {
    this.staging = staging;
    this.manifest = manifest;
  }

  /** The Parquet files that readers find in an output folder: in marked partitions by day. */
  static StagedOutput published(Path output) throws IOException {
    List<WrittenFile> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(output, 3)) {
      for (Path file : all.filter(path -> path.toString().endsWith(".parquet")).toList()) {
        Path partition = file.getParent();
        if (Files.exists(partition.resolve("_SUCCESS"))) {
          String table = partition.getParent().getFileName().toString();
          String path = output.relativize(file).toString();
          files.add(new WrittenFile(table, partition.getFileName().toString(), path, -1, -1));
        }
      }
    }
    return new StagedOutput(output, new Manifest(files, Map.of()));
  }

  public Manifest manifest() {
    return manifest;
  }

  /** The rows of a Parquet table, each with the partition of its file, as DuckDB reads them. */
  public List<String> rows(String table) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      for (WrittenFile file : manifest.files()) {
        if (file.table().equals(table)) {
          try (ResultSet rows =
              statement.executeQuery(
                  "select * from read_parquet('%s', hive_partitioning = false)"
                      .formatted(staging.resolve(file.path())))) {
            while (rows.next()) {
              lines.add(line(file.partition(), rows));
            }
          }
        }
      }
    }
    Collections.sort(lines);
    return lines;
  }

  /** The rows of a table in any format, objects and arrays too, each after its partition. */
  public List<String> lines(String table) {
    List<String> lines = new ArrayList<>();
    for (WrittenFile file : manifest.files()) {
      if (file.table().equals(table)) {
        TableRows.read(staging.resolve(file.path()))
            .forEach(row -> lines.add(file.partition() + " " + row));
      }
    }
    Collections.sort(lines);
    return lines;
  }

  private static String line(String partition, ResultSet row) throws SQLException {
    ObjectNode line = JSON.createObjectNode().put("partition", partition);
    ResultSetMetaData columns = row.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      Object value = row.getObject(i);
      line.putPOJO(columns.getColumnName(i), text(value));
    }
    return line.toString();
  }

  private static Object text(Object value) {
    if (value instanceof OffsetDateTime time) {
      return time.toInstant().toString();
    }
    return value instanceof LocalDate date ? date.toString() : value;
  }

  /** The quarantined records: reason, paths and original. */
  public List<String> quarantine() throws IOException {
    List<String> lines = new ArrayList<>();
    for (WrittenFile file : manifest.files()) {
      if (file.table().equals("quarantine")) {
        for (String line : Files.readAllLines(staging.resolve(file.path()))) {
          JsonNode rejected = JSON.readTree(line);
          ObjectNode brief = JSON.createObjectNode();
          brief.set("reason", rejected.get("reason"));
          rejected.get("violations").forEach(v -> brief.withArray("paths").add(v.get("path")));
          String original = rejected.has("original") ? "original" : "originalBase64";
          brief.set(original, rejected.get(original));
          lines.add(brief.toString());
        }
      }
    }
    Collections.sort(lines);
    return lines;
  }

  /** The balance, as one line. */
  public String counts() {
    ObjectNode counts = JSON.createObjectNode();
    for (Disposition disposition : Disposition.values()) {
      if (disposition != Disposition.FLAGGED) {
        counts.put(disposition.code(), manifest.count(disposition));
      }
    }
    ObjectNode reasons = counts.putObject("rejected_by_reason");
    Map<String, Long> byReason = new TreeMap<>();
    for (Map.Entry<Tally, Long> tally : manifest.tallies().entrySet()) {
      if (tally.getKey().disposition() == Disposition.REJECTED) {
        byReason.merge(tally.getKey().detail(), tally.getValue(), Long::sum);
      }
    }
    byReason.forEach(reasons::put);
    return counts.toString();
  }
}
