package dev.millrace.benchmarks.check;

import dev.millrace.benchmarks.events.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares what a contender wrote with the truth, with DuckDB: a contender that is fast and wrong
 * is wrong.
 */
public final class OutputCheck {
  private static final String TEXT = "read_text(%s)";

  /** Columns that may be left out count as absent values. */
  private static final String SUMS =
      """
      SELECT sum(epoch_ms(event_time) - epoch_ms(TIMESTAMP '2026-03-02')),
        sum(CAST(round(amount * 100) AS BIGINT)), sum(quantity), sum(duration_ms),
        count_if(signed_in),
        sum(strlen(id) + strlen(user_id) + coalesce(strlen(session_id), 0) + strlen(type) + strlen(country)
          + strlen(device) + strlen(page) + coalesce(strlen(referrer), 0) + coalesce(strlen(user_agent), 0)
          + coalesce(strlen(campaign), 0) + %s),
        count_if(referrer IS NULL) + count_if(campaign IS NULL),
        sum(%s)
      FROM (SELECT * FROM %s UNION ALL BY NAME SELECT NULL::VARCHAR AS session_id,
        NULL::VARCHAR AS referrer, NULL::VARCHAR AS user_agent, NULL::BOOLEAN AS signed_in,
        NULL::VARCHAR AS campaign WHERE false)
      """;

  private static final String ATTRIBUTES =
      """
      SELECT column_name FROM (DESCRIBE FROM %s)
      WHERE starts_with(column_name, 'attribute_') AND (column_type = 'VARCHAR') = %s
      """;

  /** Groups that the aggregates and the records don't agree on. */
  private static final String GROUPS_APART =
      """
      WITH expected AS (
        SELECT type, country, date_trunc('hour', event_time) AS hour, count(*) AS n,
          sum(amount) AS total, avg(duration_ms) AS mean
        FROM %s GROUP BY ALL)
      SELECT count(*) FROM expected FULL JOIN %s AS found
        ON found.type = expected.type AND found.country = expected.country
          AND found.window_start = expected.hour
      WHERE found.count IS DISTINCT FROM n OR abs(found.sum_amount - total) > 0.001
        OR abs(found.mean_duration_ms - mean) > 0.001 OR found.window_end IS NULL
      """;

  private final Truth truth;
  private final Output output;
  private final String records;
  private final String aggregates;
  private final List<String> differences = new ArrayList<>();

  private OutputCheck(Truth truth, Path output) throws IOException {
    this.truth = truth;
    this.output = new Output(output);
    this.records = this.output.parquet("records");
    this.aggregates = this.output.parquet("aggregates");
  }

  /** What is wrong with an output, a line each; nothing if it is right. */
  public static List<String> differences(Truth truth, Path output)
      throws SQLException, IOException {
    OutputCheck check = new OutputCheck(truth, output);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      check.records(statement);
      check.rejects(statement);
      check.aggregates(statement);
    }
    check.duplicates();
    return check.differences;
  }

  private void records(Statement statement) throws SQLException {
    Map<String, Long> partitions = new TreeMap<>();
    String byDay = "SELECT dt::VARCHAR, count(*) FROM " + records + " GROUP BY ALL";
    try (ResultSet days = statement.executeQuery(byDay)) {
      while (days.next()) {
        partitions.put("dt=" + days.getString(1), days.getLong(2));
      }
    }
    compare("rows by partition", truth.partitions(), partitions);
    String texts = sum(statement, "strlen(%s)", true);
    String numbers = sum(statement, "%s", false);
    try (ResultSet row = statement.executeQuery(SUMS.formatted(texts, numbers, records))) {
      row.next();
      Truth.Sums sums =
          new Truth.Sums(
              row.getLong(1),
              row.getLong(2),
              row.getLong(3),
              row.getLong(4),
              row.getLong(5),
              row.getLong(6),
              row.getLong(7),
              row.getLong(8));
      compare("sums of the columns", truth.sums(), sums);
    }
    compare("ids", truth.events(), count(statement, "count(DISTINCT id)", records));
  }

  /** Adds up the further fields that are texts, or numbers; 0 if there are none. */
  private String sum(Statement statement, String of, boolean texts) throws SQLException {
    StringBuilder sum = new StringBuilder("0");
    try (ResultSet columns = statement.executeQuery(ATTRIBUTES.formatted(records, texts))) {
      while (columns.next()) {
        sum.append(" + ").append(of.formatted(columns.getString(1)));
      }
    }
    return sum.toString();
  }

  private void rejects(Statement statement) throws SQLException, IOException {
    String lines = "coalesce(sum(length(content) - length(replace(content, chr(10), ''))), 0)";
    if (truth.rejected() == 0 && !output.has("quarantine")) {
      return;
    }
    compare(
        "rejects",
        truth.rejected(),
        count(statement, lines, TEXT.formatted(output.files("quarantine"))));
  }

  private void aggregates(Statement statement) throws SQLException {
    String query = GROUPS_APART.formatted(records, aggregates);
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      compare("groups whose aggregates are not those of their records", 0L, row.getLong(1));
    }
  }

  private void duplicates() throws IOException {
    compare("duplicates", truth.copies(), output.duplicates());
  }

  private long count(Statement statement, String expression, String table) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT " + expression + " FROM " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void compare(String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      differences.add(what + ": expected " + expected + ", found " + found);
    }
  }
}
