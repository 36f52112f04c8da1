package dev.millrace.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.Driver;

/**
 * Where a ledger is: in a file of its own, or in a PostgreSQL database. Immutable; its text has
 * neither password nor parameters.
 */
public final class LedgerLocation {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final Duration SHORTEST_DEADLINE = Duration.ofSeconds(1);
  private static final Duration LONGEST_DEADLINE = Duration.ofHours(1);
  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);
  private static final Pattern SECRET_IN_URL =
      Pattern.compile("[?&](ssl)?password=|//[^/?]*@", Pattern.CASE_INSENSITIVE);

  private final Optional<Path> file;
  private final String url;
  private final Optional<String> user;
  private final Optional<String> password;
  private final Duration deadline;

  private LedgerLocation(
      Optional<Path> file,
      String url,
      Optional<String> user,
      Optional<String> password,
      Duration deadline) {
    this.file = file;
    this.url = url;
    this.user = user;
    this.password = password;
    this.deadline = deadline;
  }

  /**
   * A SQLite file on a local disk, which is made if it isn't there, as are the folders above it.
   * Any number of processes of one machine may share it. There are files beside it, whose names
   * begin with its name: {@code -wal} has what was written last, so that a copy of the ledger alone
   * may be out of date; {@code .lock} is empty.
   */
  public static LedgerLocation file(Path file) {
    return new LedgerLocation(
        Optional.of(file.toAbsolutePath().normalize()),
        "",
        Optional.empty(),
        Optional.empty(),
        DEFAULT_DEADLINE);
  }

  /**
   * The database of a JDBC URL: {@code jdbc:sqlite:/path}, or {@code
   * jdbc:postgresql://host:5432/name?sslmode=verify-full}, whose parameters are the driver's but
   * for passwords. The tables are in the schema {@code millrace}, or that of the parameter {@code
   * currentSchema}.
   */
  public static LedgerLocation url(String url) {
    if (SECRET_IN_URL.matcher(url).find()) {
      throw new IllegalArgumentException(
          "Invalid ledger: not shown, as it has a password (expected the URL without it, and the password by reference)");
    }
    if (url.startsWith(SQLITE)) {
      return file(path(url));
    }
    if (!url.startsWith(POSTGRESQL) || Driver.parseURL(url, null) == null) {
      throw unexpected(url);
    }
    return new LedgerLocation(
        Optional.empty(), url, Optional.empty(), Optional.empty(), DEFAULT_DEADLINE);
  }

  private static Path path(String url) {
    String path = url.substring(SQLITE.length());
    if (path.isEmpty() || path.startsWith(":") || path.startsWith("file:") || path.contains("?")) {
      throw unexpected(url);
    }
    return Path.of(path);
  }

  private static IllegalArgumentException unexpected(String url) {
    return new IllegalArgumentException(
        "Invalid ledger: %s (expected jdbc:sqlite:/path/of/a/file or jdbc:postgresql://host:port/database)"
            .formatted(url));
  }

  /** The role to connect as, for PostgreSQL; without one, the URL's or the operating system's. */
  public LedgerLocation withUser(String name) {
    requireServer("user", name);
    return new LedgerLocation(file, url, Optional.of(name), password, deadline);
  }

  /** The role's password. It is in no message. */
  public LedgerLocation withPassword(String value) {
    requireServer("password", "not shown");
    return new LedgerLocation(file, url, user, Optional.of(value), deadline);
  }

  private void requireServer(String name, String value) {
    if (file.isPresent()) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (expected none: ledger %s is a file)".formatted(name, value, this));
    }
  }

  /** How long to wait for a database that is away or busy; 30 seconds, unless given. */
  public LedgerLocation withDeadline(Duration time) {
    if (time.compareTo(SHORTEST_DEADLINE) < 0 || time.compareTo(LONGEST_DEADLINE) > 0) {
      throw new IllegalArgumentException(
          "Invalid deadline: %s (expected %s to %s)"
              .formatted(time, SHORTEST_DEADLINE, LONGEST_DEADLINE));
    }
    return new LedgerLocation(file, url, user, password, time);
  }

  /** Whether it is a file, which has neither user nor password. */
  public boolean isFile() {
    return file.isPresent();
  }

  /** Whether the file is there; a database is taken to be. */
  public boolean isThere() {
    return file.map(Files::exists).orElse(true);
  }

  Duration deadline() {
    return deadline;
  }

  Backend backend() {
    return file.<Backend>map(path -> new SqliteFile(path, deadline))
        .orElseGet(() -> new PostgresqlDatabase(url, user, password, deadline));
  }

  /** The file, or the URL without its parameters. */
  @Override
  public String toString() {
    return file.map(Path::toString).orElseGet(() -> url.replaceFirst("\\?.*", ""));
  }
}
