package dev.millrace.ledger;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Which partition took the place of which, and when.
 *
 * <p>The newest is the one that was recorded last: machines' clocks may differ, and who publishes
 * has a lease while it records it. Thread-safe.
 */
public final class Publishes {
  private final Transactions transactions;

  Publishes(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Adds all entries or none. One that is there already, with the same output, table, partition,
   * run, action and time, changes nothing.
   */
  public void record(List<PublishEntry> entries) {
    SortedMap<String, List<PublishEntry>> outputs =
        entries.stream().collect(groupingBy(PublishEntry::output, TreeMap::new, toList()));
    transactions.write(
        handle -> {
          // In one order for all, so that nobody waits for somebody who waits for them.
          outputs.forEach((output, entriesOfIt) -> insert(handle, output, entriesOfIt));
          return null;
        });
  }

  private static void insert(Handle handle, String output, List<PublishEntry> entries) {
    long ordinal = Transactions.lock(handle, output, entries.size()) - entries.size();
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO publishes (
              output, table_name, partition_name, run_id, action, published_at,
              replaced_run_id, row_count, byte_count, file_count, reject_count, due_at, ordinal)
            VALUES (
              :output, :table, :partition, :runId, :action, :at,
              :replacedRunId, :rows, :bytes, :files, :rejects, :due, :ordinal)
            ON CONFLICT (output, table_name, partition_name, run_id, action, published_at)
            DO NOTHING
            """);
    for (PublishEntry entry : entries) {
      ordinal++;
      batch.bindMethods(entry).bind("ordinal", ordinal).add();
    }
    batch.execute();
  }

  /** What is in each partition of an output now, by table and partition. */
  public List<PublishEntry> current(String output) {
    return outermost(
        output,
        """
        SELECT * FROM publishes AS entry
        WHERE output = :output AND NOT EXISTS (
          SELECT 1 FROM publishes AS other
          WHERE other.output = entry.output
            AND other.table_name = entry.table_name
            AND other.partition_name = entry.partition_name
            AND other.ordinal > entry.ordinal)
        """);
  }

  /** What was in each partition of an output first, by table and partition. */
  public List<PublishEntry> first(String output) {
    return outermost(
        output,
        """
        SELECT * FROM publishes AS entry
        WHERE output = :output AND NOT EXISTS (
          SELECT 1 FROM publishes AS other
          WHERE other.output = entry.output
            AND other.table_name = entry.table_name
            AND other.partition_name = entry.partition_name
            AND other.ordinal < entry.ordinal)
        """);
  }

  private List<PublishEntry> outermost(String output, String query) {
    return transactions.read(
        handle ->
            handle
                .createQuery(query)
                .bind("output", output)
                .map((row, context) -> entry(row))
                .stream()
                .sorted(comparing(PublishEntry::table).thenComparing(PublishEntry::partition))
                .toList());
  }

  /** All that was ever in one partition, the newest first. */
  public List<PublishEntry> history(String output, String table, String partition) {
    return transactions.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM publishes
                    WHERE output = :output AND table_name = :table AND partition_name = :partition
                    ORDER BY ordinal DESC
                    """)
                .bind("output", output)
                .bind("table", table)
                .bind("partition", partition)
                .map((row, context) -> entry(row))
                .list());
  }

  private static PublishEntry entry(ResultSet row) throws SQLException {
    return new PublishEntry(
        row.getString("output"),
        row.getString("table_name"),
        row.getString("partition_name"),
        row.getString("run_id"),
        PublishAction.valueOf(row.getString("action")),
        Columns.optionalText(row, "replaced_run_id"),
        row.getLong("row_count"),
        row.getLong("byte_count"),
        row.getInt("file_count"),
        row.getLong("reject_count"),
        Columns.time(row, "published_at"),
        Columns.optionalTime(row, "due_at"));
  }
}
