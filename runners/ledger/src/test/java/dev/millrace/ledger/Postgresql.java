package dev.millrace.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;

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

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Postgresql::remove));
  }

  private static void remove() {
    if (server != null) {
      stop();
    }
    try (Stream<Path> files = Files.walk(FOLDER)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
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
              .setCleanDataDirectory(false)
              .setServerConfig("fsync", "off")
              .setPort(port)
              .setRegisterShutdownHook(false)
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
    return url(port());
  }

  /** The URL for something between a ledger and the server. */
  static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  static synchronized int port() {
    start();
    return port;
  }

  /** Asks for the password of a role, which is new, where others are let in. */
  static void createRole(String name, String password) throws SQLException, IOException {
    Path rules = FOLDER.resolve("data/pg_hba.conf");
    String rule = "host all %s 127.0.0.1/32 scram-sha-256\n".formatted(name);
    Files.writeString(rules, rule + Files.readString(rules));
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name, password));
      statement.execute("SELECT pg_reload_conf()");
    }
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
