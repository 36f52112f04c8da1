package dev.millrace.benchmarks.flights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A folder of the first flights as JSON lines, in eight files and in their order, as the demo's
 * are. A file beside it, which is written last, names what it was made of.
 */
public final class FlightFiles {
  /** To be changed with any change of the lines, so that old folders are not taken for new. */
  private static final String FORMAT = "flights-1";

  private static final int PARTS = 8;

  private static final String PART =
      """
      COPY (
        SELECT strftime(date, '%%Y-%%m-%%dT%%H:%%M:%%SZ') AS date, delay, distance, origin,
          destination
        FROM flights LIMIT %s OFFSET %s)
      TO '%s' (FORMAT json)
      """;

  private final FlightSource source;
  private final Path folder;
  private final long rows;

  private FlightFiles(FlightSource source, Path folder, long rows) {
    this.source = source;
    this.folder = folder;
    this.rows = rows;
  }

  /** The first so many flights, in a folder of their own below the given one. */
  public static FlightFiles of(FlightSource source, Path parent, long rows) {
    return new FlightFiles(source, parent.resolve("flights-" + rows), rows);
  }

  /** Where the files are. */
  public Path folder() {
    return folder;
  }

  /** Writes the files unless they are there already, and returns how many flights they have. */
  public long prepare() throws IOException, SQLException {
    Path made = folder.resolveSibling(folder.getFileName() + "-of.txt");
    String origin =
        String.join(
            "\n",
            FORMAT,
            source.path().toString(),
            Files.getLastModifiedTime(source.path()).toString());
    if (Files.exists(made) && Files.readString(made).startsWith(origin + "\n")) {
      return Long.parseLong(Files.readString(made).substring(origin.length()).strip());
    }
    Files.deleteIfExists(made);
    long written = write();
    Files.writeString(made, origin + "\n" + written + "\n");
    return written;
  }

  private long write() throws IOException, SQLException {
    Files.createDirectories(folder);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE flights AS FROM " + source.first(rows));
      long all = count(statement);
      for (int part = 0; part < PARTS; part++) {
        long from = all * part / PARTS;
        long size = all * (part + 1) / PARTS - from;
        Path file = folder.resolve("part-" + part + ".ndjson");
        statement.execute(PART.formatted(size, from, file));
      }
      return all;
    }
  }

  private static long count(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT count(*) FROM flights")) {
      row.next();
      return row.getLong(1);
    }
  }
}
