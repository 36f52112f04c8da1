package dev.millrace.benchmarks.flights;

import dev.millrace.benchmarks.check.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares what a contender wrote with the flights themselves: every record, in its partition;
 * every reject; the count of duplicates; every aggregate. What must be there is computed by SQL
 * from the original Parquet, in which no contender has a part.
 */
public final class FlightCheck {
  private static final List<String> TRUTH =
      List.of(
          """
          CREATE TEMP TABLE judged AS
          SELECT *, coalesce(
              date >= TIMESTAMP '2001-01-01' AND date < TIMESTAMP '2001-07-01'
              AND delay BETWEEN -120 AND 720
              AND distance >= 1
              AND regexp_full_match(origin, '[A-Z0-9]{3}')
              AND regexp_full_match(destination, '[A-Z0-9]{3}'), false) AS good
          FROM ${flights}
          """,
          """
          CREATE TEMP VIEW rejects AS
          SELECT date, delay, distance, origin, destination FROM judged WHERE NOT good
          """,
          """
          CREATE TEMP TABLE records AS
          SELECT DISTINCT date, delay, distance, origin, destination, CAST(date AS DATE) AS dt
          FROM judged WHERE good
          """,
          """
          CREATE TEMP TABLE aggregates AS
          SELECT origin, date_trunc('hour', date) AS window_start,
            window_start + INTERVAL 1 HOUR AS window_end, count(*) AS count,
            avg(delay) AS mean_delay, max(delay) AS max_delay, dt
          FROM records GROUP BY ALL
          """);

  private static final String FOUND_RECORDS =
      """
      CREATE TEMP VIEW found_records AS
      SELECT CAST(date AS TIMESTAMP) AS date, delay, distance, origin, destination, dt
      FROM %s
      """;

  private static final String FOUND_REJECTS =
      """
      CREATE TEMP VIEW found_rejects AS
      SELECT CAST(original ->> 'date' AS TIMESTAMP) AS date,
        CAST(original ->> 'delay' AS BIGINT) AS delay,
        CAST(original ->> 'distance' AS BIGINT) AS distance,
        original ->> 'origin' AS origin, original ->> 'destination' AS destination
      FROM read_json(%s, format = 'newline_delimited', columns = {'original': 'VARCHAR'})
      """;

  /** Rows that are in one of two tables more often than in the other. */
  private static final String APART =
      """
      SELECT (SELECT count(*) FROM (FROM %1$s EXCEPT ALL FROM %2$s))
        + (SELECT count(*) FROM (FROM %2$s EXCEPT ALL FROM %1$s))
      """;

  private static final String AGGREGATES_APART =
      """
      SELECT count(*) FROM aggregates AS expected FULL JOIN %s AS found
        ON found.origin = expected.origin
          AND CAST(found.window_start AS TIMESTAMP) = expected.window_start
      WHERE CAST(found.window_end AS TIMESTAMP) IS DISTINCT FROM expected.window_end
        OR found.count IS DISTINCT FROM expected.count
        OR found.max_delay IS DISTINCT FROM expected.max_delay
        OR found.dt IS DISTINCT FROM expected.dt
        OR abs(found.mean_delay - expected.mean_delay) > 0.000001
      """;

  private final Statement statement;
  private final Output output;
  private final List<String> differences = new ArrayList<>();

  private FlightCheck(Statement statement, Output output) {
    this.statement = statement;
    this.output = output;
  }

  /** What is wrong with an output over the first so many flights; nothing if it is right. */
  public static List<String> differences(FlightSource source, long rows, Path output)
      throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      for (String table : TRUTH) {
        statement.execute(table.replace("${flights}", source.first(rows)));
      }
      FlightCheck check = new FlightCheck(statement, new Output(output));
      check.records();
      check.rejects();
      check.aggregates();
      return check.differences;
    }
  }

  private void records() throws SQLException, IOException {
    statement.execute(FOUND_RECORDS.formatted(output.parquet("records")));
    compare("rows", count("records"), count("found_records"));
    compare("records that differ", 0, number(APART.formatted("records", "found_records")));
    compare(
        "duplicates", count("judged") - count("rejects") - count("records"), output.duplicates());
  }

  private void rejects() throws SQLException, IOException {
    statement.execute(FOUND_REJECTS.formatted(output.files("quarantine")));
    compare("rejects", count("rejects"), count("found_rejects"));
    compare("rejects that differ", 0, number(APART.formatted("rejects", "found_rejects")));
  }

  private void aggregates() throws SQLException, IOException {
    String found = output.parquet("aggregates");
    compare("aggregates that differ", 0, number(AGGREGATES_APART.formatted(found)));
  }

  private long count(String table) throws SQLException {
    return number("SELECT count(*) FROM " + table);
  }

  private long number(String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void compare(String what, long expected, long found) {
    if (expected != found) {
      differences.add(what + ": expected " + expected + ", found " + found);
    }
  }
}
