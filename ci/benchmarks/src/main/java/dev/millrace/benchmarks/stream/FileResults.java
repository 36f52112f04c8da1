package dev.millrace.benchmarks.stream;

import dev.millrace.benchmarks.events.HourGroup;
import dev.millrace.benchmarks.run.Assignment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Results in Millrace's tables, as far as they are published. */
final class FileResults implements StreamResults {
  /** The folder of the tables, in that of the assignment. */
  static final String OUTPUT = "output";

  private static final String AGGREGATES =
      """
      SELECT epoch_ms(window_start), type, country, count, sum_amount, mean_duration_ms
      FROM read_parquet('%s/*/*.parquet', hive_partitioning = true)
      """;
  private static final String REJECTS =
      """
      SELECT coalesce(sum(length(content) - length(replace(content, chr(10), ''))), 0)
      FROM read_text('%s/**/*.ndjson')
      """;

  private final Path output;

  FileResults(Assignment assignment) {
    this.output = assignment.folder().resolve(OUTPUT);
  }

  @Override
  public Map<HourGroup, Aggregates> aggregates() throws IOException, SQLException {
    Map<HourGroup, Aggregates> groups = new HashMap<>();
    Path folder = output.resolve("aggregates");
    if (!holds(folder, ".parquet")) {
      return groups;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(AGGREGATES.formatted(folder))) {
      while (row.next()) {
        add(row, groups);
      }
    }
    return groups;
  }

  private static void add(ResultSet row, Map<HourGroup, Aggregates> groups)
      throws SQLException, IOException {
    HourGroup group = new HourGroup(row.getLong(1), row.getString(2), row.getString(3));
    Aggregates aggregates = new Aggregates(row.getLong(4), row.getDouble(5), row.getDouble(6));
    if (groups.put(group, aggregates) != null) {
      throw new IOException("Cannot compare aggregates: there are two of " + group);
    }
  }

  @Override
  public long rejects() throws IOException, SQLException {
    Path folder = output.resolve("quarantine");
    if (!holds(folder, ".ndjson")) {
      return 0;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(REJECTS.formatted(folder))) {
      row.next();
      return row.getLong(1);
    }
  }

  /** DuckDB fails where a pattern matches nothing. */
  private static boolean holds(Path folder, String suffix) throws IOException {
    if (!Files.exists(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(suffix));
    }
  }
}
