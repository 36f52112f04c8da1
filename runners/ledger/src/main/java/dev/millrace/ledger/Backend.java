package dev.millrace.ledger;

import java.util.Optional;
import javax.sql.DataSource;

/** What differs between the databases that a ledger may be in. All else is the same SQL. */
sealed interface Backend permits SqliteFile, PostgresqlDatabase {

  /** Makes what has to be there before the first connection. */
  void prepare();

  /** Opens connections, without a pool. */
  DataSource dataSource();

  /** How many connections a pool may have. */
  int connections();

  /** The schema of the ledger's tables; empty if the database has only one. */
  Optional<String> schema();

  /** Changes the tables, in a schema that is there, while no other process does. */
  void exclusively(Runnable migration);
}
