package dev.millrace.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Units of work on a ledger. Each is one transaction, and done again from its start if it failed
 * for a reason that passes. The answer to a commit may be lost, so a unit has to change nothing
 * when it is done twice. Thread-safe.
 */
final class Transactions implements AutoCloseable {
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final Patience patience;

  private Transactions(HikariDataSource pool, Patience patience) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    this.patience = patience;
    Columns.register(jdbi);
  }

  static Transactions open(LedgerLocation location) {
    Backend backend = location.backend();
    Patience patience = new Patience(location.toString(), location.deadline());
    backend.prepare();
    DataSource source = backend.dataSource();
    patience.retry(
        "open",
        () -> {
          Schema.migrate(source, backend, location);
          return null;
        });
    return new Transactions(pool(source, backend, location), patience);
  }

  private static HikariDataSource pool(
      DataSource source, Backend backend, LedgerLocation location) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("ledger");
    config.setDataSource(source);
    config.setMaximumPoolSize(backend.connections());
    config.setMinimumIdle(0);
    config.setConnectionTimeout(location.deadline().toMillis());
    // Whoever opens it has just found out whether the database is there.
    config.setInitializationFailTimeout(-1);
    backend
        .schema()
        .ifPresent(schema -> config.setTransactionIsolation("TRANSACTION_READ_COMMITTED"));
    return new HikariDataSource(config);
  }

  /**
   * Reads in one or more statements. What one of them sees may be newer than what those before it
   * saw.
   */
  <T> T read(Function<Handle, T> work) {
    return patience.retry("read", () -> jdbi.withHandle(work::apply));
  }

  /**
   * Changes something. The first statement has to be a write: then SQLite waits for other writers
   * before it, and what the later statements read is not outdated. On PostgreSQL, whose
   * transactions are READ COMMITTED, statements after {@link #lock} see what those before them
   * committed.
   */
  <T> T write(Function<Handle, T> work) {
    return patience.retry("write to", () -> jdbi.inTransaction(work::apply));
  }

  /**
   * Keeps others, up to the end of the transaction, from a unit of work that locks the same output.
   *
   * @param numbers how many numbers to take
   * @return the last of them; they grow in the order in which the lock was held
   */
  static long lock(Handle handle, String output, long numbers) {
    return handle
        .createQuery(
            """
            INSERT INTO outputs (output, ordinal) VALUES (:output, :numbers)
            ON CONFLICT (output) DO UPDATE SET ordinal = outputs.ordinal + excluded.ordinal
            RETURNING ordinal
            """)
        .bind("output", output)
        .bind("numbers", numbers)
        .mapTo(Long.class)
        .one();
  }

  @Override
  public void close() {
    pool.close();
  }
}
