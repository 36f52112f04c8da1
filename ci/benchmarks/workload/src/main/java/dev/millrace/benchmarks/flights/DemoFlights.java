package dev.millrace.benchmarks.flights;

import dev.millrace.benchmarks.run.Repetitions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A source for tests: 7,000 rows of the demo's first two days, around midnight, of which the
 * contract rejects one of each day, and some of which come again at the end.
 */
public final class DemoFlights {
  /** The rows. */
  public static final int ROWS = 7_000;

  /** How many of the demo's rows come before them. */
  public static final int SKIPPED = 9_000;

  /** How many of them, the last ones, are copies of the first ones. */
  public static final int COPIES = 7;

  private static final String DEMO =
      """
      CREATE TEMP TABLE demo AS
      FROM read_json(['%1$s/2001-01-01.ndjson.gz', '%1$s/2001-01-02.ndjson.gz'],
        columns = {'date': 'TIMESTAMP', 'delay': 'BIGINT', 'distance': 'BIGINT',
          'origin': 'VARCHAR', 'destination': 'VARCHAR'})
      LIMIT %2$s OFFSET %3$s
      """;

  private static final String ALL =
      "COPY (FROM demo UNION ALL (FROM demo LIMIT %s)) TO '%s' (FORMAT parquet)";

  private DemoFlights() {}

  /**
   * Writes the source to a folder.
   *
   * @param demo the folder of the demo's flights
   */
  public static FlightSource write(Path demo, Path folder) throws SQLException, IOException {
    Path parquet = folder.resolve("demo.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(DEMO.formatted(demo, ROWS - COPIES, SKIPPED));
      statement.execute(ALL.formatted(COPIES, parquet));
    }
    return FlightSource.at(parquet);
  }

  /**
   * What is wrong with what a job writes of the source; nothing if it is right.
   *
   * @param demo the folder of the demo's flights
   * @param folder where all of it is written to
   */
  public static List<String> differences(Path demo, Path folder, Repetitions.Job job)
      throws Exception {
    FlightSource source = write(demo, folder);
    FlightFiles flights = FlightFiles.of(source, folder, ROWS);
    Path output = folder.resolve("output");
    flights.prepare();
    job.run(flights.folder(), output);
    return FlightCheck.differences(source, ROWS, output);
  }
}
