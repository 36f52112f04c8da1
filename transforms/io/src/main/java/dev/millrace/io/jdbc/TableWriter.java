package dev.millrace.io.jdbc;

import dev.millrace.io.JsonText;
import dev.millrace.io.WriteException;
import dev.millrace.record.Record;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.apache.beam.sdk.util.BackOff;
import org.apache.beam.sdk.util.BackOffUtils;

/**
 * Writes batches to a table over one connection, which it opens when it needs one and again after
 * each failure. Not thread-safe.
 */
final class TableWriter implements AutoCloseable {
  private final Upsert upsert;
  private final Database database;
  private final Patience patience;
  private final List<Column> columns;
  private final JsonText json = new JsonText();
  private Connection connection;
  private PreparedStatement statement;

  TableWriter(Upsert upsert, Database database, Patience patience) {
    this.upsert = upsert;
    this.database = database;
    this.patience = patience;
    this.columns = upsert.columns();
  }

  /** Finds out whether the table is there and takes the records, without waiting for it. */
  void check() {
    try {
      open();
    } catch (SQLException e) {
      throw failure(e, Failures.remedy(e));
    }
  }

  /**
   * Writes a batch in one transaction; again, from its start, as long as the failure is one that
   * passes and the time for that isn't up.
   *
   * @return how often it was tried in vain
   */
  int write(Batch batch) throws IOException, InterruptedException {
    List<List<Record>> rounds = batch.rounds();
    BackOff backOff = patience.backOff();
    int failures = 0;
    while (true) {
      try {
        commit(rounds);
        return failures;
      } catch (SQLException e) {
        close();
        if (!Failures.isTransient(e)) {
          throw failure(e, Failures.remedy(e));
        }
        failures++;
        if (!BackOffUtils.next(patience.sleeper(), backOff)) {
          throw failure(e, "it was tried again for %s".formatted(patience.deadline()));
        }
      }
    }
  }

  private void commit(List<List<Record>> rounds) throws SQLException {
    open();
    for (List<Record> round : rounds) {
      for (Column column : columns) {
        Object[] values = column.values(round, json);
        statement.setArray(column.index() + 1, connection.createArrayOf(column.sentAs(), values));
      }
      statement.executeUpdate();
    }
    connection.commit();
  }

  private void open() throws SQLException {
    if (connection != null) {
      return;
    }
    connection = database.connect(patience.statementTimeout());
    StoredTable table =
        StoredTable.find(connection, upsert.table())
            .orElseThrow(
                () ->
                    new WriteException(
                        "Cannot find table %s: create it with: %s"
                            .formatted(upsert.table(), upsert.definition())));
    List<String> misfits = table.misfits(upsert);
    if (!misfits.isEmpty()) {
      throw new WriteException(
          "Cannot write to table %s: %s".formatted(upsert.table(), String.join("; ", misfits)));
    }
    connection.setAutoCommit(false);
    statement = connection.prepareStatement(upsert.statement(table));
    statement.setQueryTimeout((int) patience.statementTimeout().toSeconds());
  }

  private WriteException failure(SQLException e, String more) {
    return new WriteException(
        "Cannot write to table %s of %s: %s: %s"
            .formatted(upsert.table(), database, Failures.reason(e), more),
        e);
  }

  /** Gives up the connection, and what was not committed. */
  @Override
  public void close() {
    if (connection == null) {
      return;
    }
    try {
      connection.close();
    } catch (SQLException e) {
      // It is closed for the driver whatever the server says, and the failure before this counts.
    } finally {
      connection = null;
      statement = null;
    }
  }
}
