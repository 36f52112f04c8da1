package dev.millrace.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The one PostgreSQL server of these tests, started by the first that asks for it. */
final class Postgresql {
  private static final Path FOLDER = folder();
  private static EmbeddedPostgres server;
  private static int port;
  private static int schemas;

  private Postgresql() {}

  private static Path folder() {
    try {
      return Files.createTempDirectory("ledger-postgresql");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the server, if it isn't there, with what it had and at the port that it had. */
  static synchronized void start() {
    if (server != null) {
      return;
    }
    try {
      server =
          EmbeddedPostgres.builder()
              .setDataDirectory(FOLDER.resolve("data"))
              .setOverrideWorkingDirectory(FOLDER.toFile())
              .setCleanDataDirectory(false)
              .setServerConfig("fsync", "off")
              .setPort(port)
              .start();
      port = server.getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops the server, whose connections end at once. */
  static synchronized void stop() {
    try {
      server.close();
      server = null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A place for a ledger where there is none. */
  static synchronized LedgerLocation unused() {
    start();
    schemas++;
    return LedgerLocation.url(url() + "?currentSchema=ledger" + schemas).withUser("postgres");
  }

  static String url() {
    start();
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** A connection past any ledger. */
  static Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), "postgres", "");
  }

  /** Ends the connections of all ledgers, as an administrator would; says how many there were. */
  static int terminateBackends() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet ended =
            statement.executeQuery(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    + " WHERE application_name = 'millrace'")) {
      ended.next();
      return ended.getInt(1);
    }
  }
}
