package dev.millrace.chaos;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** The table of a database that flights are upserted into. */
record Table(String url, String name) {
  static final String KEY = "date,delay,distance,origin,destination";

  void create() throws SQLException {
    execute(
        "create table %s (date timestamptz, delay bigint, distance bigint, origin text, destination text, primary key (%s))"
            .formatted(name, KEY));
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  Bag flights() throws SQLException {
    Bag bag = new Bag();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select (extract(epoch from date) * 1000)::bigint, delay, distance, origin, destination from "
                    + name)) {
      addAll(rows, bag);
    }
    return bag;
  }

  /** Rows of the date in milliseconds, and the other values. */
  static void addAll(ResultSet rows, Bag bag) throws SQLException {
    while (rows.next()) {
      bag.add(
          new Flight(
                  Instant.ofEpochMilli(rows.getLong(1)),
                  rows.getLong(2),
                  rows.getLong(3),
                  rows.getString(4),
                  rows.getString(5))
              .identity());
    }
  }
}
