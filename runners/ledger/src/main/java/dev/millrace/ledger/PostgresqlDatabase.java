package dev.millrace.ledger;

import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL database. What its URL says of a connection wins over what is set here. */
record PostgresqlDatabase(
    String url, Optional<String> user, Optional<String> password, Duration deadline)
    implements Backend {
  private static final String SCHEMA = "millrace";

  /** "millrace" in ASCII. */
  private static final long MIGRATION_LOCK = 0x6d696c6c72616365L;

  private static final int SECONDS_TO_CONNECT = 10;

  /** So that a server that gives up says so before the line to it is given up. */
  private static final int SECONDS_AFTER_DEADLINE = 10;

  @Override
  public void prepare() {}

  @Override
  public DataSource dataSource() {
    int seconds = (int) deadline.toSeconds();
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(url);
    unlessGiven(source, PGProperty.CURRENT_SCHEMA, SCHEMA);
    unlessGiven(source, PGProperty.APPLICATION_NAME, "millrace");
    unlessGiven(source, PGProperty.CONNECT_TIMEOUT, Math.min(seconds, SECONDS_TO_CONNECT));
    unlessGiven(source, PGProperty.LOGIN_TIMEOUT, Math.min(seconds, SECONDS_TO_CONNECT));
    unlessGiven(source, PGProperty.SOCKET_TIMEOUT, seconds + SECONDS_AFTER_DEADLINE);
    unlessGiven(source, PGProperty.OPTIONS, "-c lock_timeout=" + deadline.toMillis());
    unlessGiven(source, PGProperty.TCP_KEEP_ALIVE, true);
    // The detail of an error quotes the row, and would get into logs.
    unlessGiven(source, PGProperty.LOG_SERVER_ERROR_DETAIL, false);
    user.ifPresent(source::setUser);
    password.ifPresent(source::setPassword);
    return source;
  }

  private void unlessGiven(PGSimpleDataSource source, PGProperty property, Object value) {
    if (!property.isPresent(given())) {
      source.setProperty(property, value.toString());
    }
  }

  private Properties given() {
    return Driver.parseURL(url, null);
  }

  /** Few: facts are few, and the server is shared. */
  @Override
  public int connections() {
    return 4;
  }

  /** The first of the URL's, if it has any. */
  @Override
  public Optional<String> schema() {
    String path = PGProperty.CURRENT_SCHEMA.getOrNull(given());
    return Optional.of(path == null ? SCHEMA : path.replaceFirst(",.*", ""));
  }

  /**
   * Holds an advisory lock, and creates the schema if need be. Flyway would do both, but looks only
   * once a second whether the lock is free, and asks ten times for a schema that it may not create.
   */
  @Override
  public void exclusively(Runnable migration) {
    Jdbi.create(dataSource())
        .useHandle(
            beside -> {
              beside.select("SELECT pg_advisory_lock(?)", MIGRATION_LOCK).mapToMap().one();
              createSchema(beside, schema().orElseThrow());
              migration.run();
            });
  }

  /** Looks first, since who may not create schemas may not create one that is there either. */
  private static void createSchema(Handle handle, String schema) {
    boolean isThere =
        handle
            .select("SELECT 1 FROM pg_namespace WHERE nspname = ?", schema)
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (!isThere) {
      handle.execute("CREATE SCHEMA \"%s\"".formatted(schema.replace("\"", "\"\"")));
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return url;
  }
}
