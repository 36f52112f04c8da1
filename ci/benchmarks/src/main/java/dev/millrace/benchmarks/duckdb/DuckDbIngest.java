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

/** The job as a script of SQL for DuckDB, {@code ingest.sql}, which is run in this process. */
public final class DuckDbIngest {
  private static final String COUNTS =
      """
      SELECT count(*), count(line),
        count(*) - count(line) - (SELECT count(*) FROM read_parquet('%s/records/*/*.parquet'))
      FROM checked
      """;

  private DuckDbIngest() {}

  /** Runs the job as often as the arguments say. */
  public static void main(String[] args) throws Exception {
    Repetitions.measure(DuckDbIngest::run, args);
  }

  /** Runs the job once. */
  public static void run(Path input, Path output) throws SQLException, IOException {
    Files.createDirectories(output.resolve("quarantine"));
    String script =
        script().replace("${input}", input.toString()).replace("${output}", output.toString());
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

  private static String script() throws IOException {
    try (InputStream script = DuckDbIngest.class.getResourceAsStream("ingest.sql")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
