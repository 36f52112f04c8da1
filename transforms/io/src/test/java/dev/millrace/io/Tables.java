package dev.millrace.io;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Reads Parquet files with DuckDB, an implementation that shares nothing with the writer. */
public final class Tables {
  private Tables() {}

  /** The rows of a query over all files of a table, its columns joined by {@code |}. */
  public static List<String> query(Path table, String select, String rest) throws SQLException {
    return query(
        "SELECT %s FROM read_parquet('%s/**/*.parquet', hive_partitioning=true) %s"
            .formatted(select, table, rest));
  }

  public static List<String> query(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      try (ResultSet result = statement.executeQuery(sql)) {
        List<String> rows = new ArrayList<>();
        while (result.next()) {
          List<String> values = new ArrayList<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            values.add(text(result.getObject(i)));
          }
          rows.add(String.join("|", values));
        }
        return rows;
      }
    }
  }

  private static String text(Object value) {
    return value instanceof OffsetDateTime time
        ? time.toInstant().toString()
        : String.valueOf(value);
  }
}
