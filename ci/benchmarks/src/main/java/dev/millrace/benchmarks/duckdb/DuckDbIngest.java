package dev.millrace.benchmarks.duckdb;

import dev.millrace.benchmarks.run.CountsReport;
import dev.millrace.benchmarks.run.Repetitions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The job as a script of SQL for DuckDB, which is run in this process: {@code ingest.sql} for the
 * events, {@code flights.sql} for the flights.
 */
public final class DuckDbIngest {
  private static final String COUNTS =
      """
      SELECT count(*), count(line),
        count(*) - count(line) - (SELECT count(*) FROM read_parquet('%s/records/*/*.parquet'))
      FROM checked
      """;

  private DuckDbIngest() {}

  /** Runs the script in the fourth argument as often as the others say. */
  public static void main(String[] args) throws Exception {
    Repetitions.measure((input, output) -> run(args[3], input, output), args);
  }

  /** Runs a script once. */
  public static void run(String name, Path input, Path output) throws SQLException, IOException {
    Files.createDirectories(output.resolve("quarantine"));
    String script =
        script(name).replace("${input}", input.toString()).replace("${output}", output.toString());
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(script);
      report(statement, output);
    }
  }

  private static void report(Statement statement, Path output) throws SQLException, IOException {
    try (ResultSet row = statement.executeQuery(COUNTS.formatted(output))) {
      row.next();
      new CountsReport(row.getLong(1), row.getLong(2), row.getLong(3)).write(output);
    }
  }

  private static String script(String name) throws IOException {
    try (InputStream script = DuckDbIngest.class.getResourceAsStream(name)) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
