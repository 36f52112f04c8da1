package dev.millrace.io.jdbc;

import dev.millrace.io.Secret;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * How to reach a PostgreSQL database. The password is a reference, and read at each connection.
 * Immutable.
 */
public final class Database implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String PROTOCOL = "jdbc:postgresql:";
  private static final Pattern SECRET_IN_URL =
      Pattern.compile("[?&](password|sslpassword)=", Pattern.CASE_INSENSITIVE);
  private static final int SECONDS_TO_CONNECT = 10;
  private static final int SECONDS_AFTER_STATEMENT = 10;

  private final String url;
  private final String user;
  private final Secret password;

  private Database(String url, String user, Secret password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  /**
   * The database of a URL, such as {@code jdbc:postgresql://host:5432/name?sslmode=verify-full}.
   * Its parameters are the driver's, but for passwords.
   */
  public static Database at(String url) {
    if (SECRET_IN_URL.matcher(url).find()) {
      throw new IllegalArgumentException(
          "Invalid url: not shown, as it has a password (expected a reference beside it)");
    }
    if (!url.startsWith(PROTOCOL) || Driver.parseURL(url, null) == null) {
      throw new IllegalArgumentException(
          "Invalid url: %s (expected %s//host:port/database)".formatted(url, PROTOCOL));
    }
    return new Database(url, "", null);
  }

  /** The role to connect as; without one, that of the operating system. */
  public Database withUser(String name) {
    return new Database(url, name, password);
  }

  /** Where the password is: {@code env:NAME} or {@code file:/path}. */
  public Database withPassword(String reference) {
    return new Database(url, user, new Secret(reference));
  }

  /**
   * Opens a connection, without a pool. It commits by itself until told otherwise.
   *
   * @param statementTimeout after how long without an answer, and a bit more, the server is given
   *     up
   */
  Connection connect(Duration statementTimeout) throws SQLException {
    Properties properties = new Properties();
    PGProperty.APPLICATION_NAME.set(properties, "millrace");
    PGProperty.LOGIN_TIMEOUT.set(properties, SECONDS_TO_CONNECT);
    PGProperty.CONNECT_TIMEOUT.set(properties, SECONDS_TO_CONNECT);
    PGProperty.SOCKET_TIMEOUT.set(
        properties, (int) statementTimeout.toSeconds() + SECONDS_AFTER_STATEMENT);
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    // The detail of an error quotes the row, and would get into logs.
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    if (!user.isEmpty()) {
      PGProperty.USER.set(properties, user);
    }
    if (password != null) {
      PGProperty.PASSWORD.set(properties, password.value());
    }
    return new Driver().connect(url, properties);
  }

  void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("database", toString()))
        .addIfNotDefault(DisplayData.item("user", user), "")
        .addIfNotNull(DisplayData.item("password", password == null ? null : password.reference()));
  }

  /** The URL without its parameters. */
  @Override
  public String toString() {
    return url.replaceFirst("\\?.*", "");
  }
}
