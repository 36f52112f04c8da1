package dev.millrace.ledger;

import java.time.Clock;

/**
 * Facts about runs, publishes, backfills and leases, in SQL: in a SQLite file, or in a PostgreSQL
 * database, with the same tables and the same answers.
 *
 * <p>Each call is one transaction. What fails for a reason that passes, such as a server that
 * starts again, is done again until the {@linkplain LedgerLocation#withDeadline deadline};
 * everything else is a {@link LedgerException} of one line. The only time is the clock's. Any
 * number of threads and processes may use a ledger at once.
 */
public final class Ledger implements AutoCloseable {
  private final Transactions transactions;
  private final Runs runs;
  private final Publishes publishes;
  private final Backfills backfills;
  private final Leases leases;

  private Ledger(Transactions transactions, LedgerLocation location, Clock clock) {
    this.transactions = transactions;
    this.runs = new Runs(transactions, location, clock);
    this.publishes = new Publishes(transactions);
    this.backfills = new Backfills(transactions, location, clock);
    this.leases = new Leases(transactions, clock);
  }

  /**
   * Opens a ledger, and creates its tables or brings them up to date.
   *
   * @param clock what the time is, for whatever happens now
   * @throws LedgerException if it can't be used, or was made by a newer version
   */
  public static Ledger open(LedgerLocation location, Clock clock) {
    return new Ledger(Transactions.open(location), location, clock);
  }

  /** The runs of pipelines. */
  public Runs runs() {
    return runs;
  }

  /** What was published. */
  public Publishes publishes() {
    return publishes;
  }

  /** The backfills, and their slices. */
  public Backfills backfills() {
    return backfills;
  }

  /** Who may publish. */
  public Leases leases() {
    return leases;
  }

  /** Closes the connections. */
  @Override
  public void close() {
    transactions.close();
  }
}
