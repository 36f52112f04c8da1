package dev.millrace.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/** The SQL of slices, each statement in a transaction of the caller's. */
final class SliceRows {
  private SliceRows() {}

  static void insert(Handle handle, String id, List<SliceEntry> slices) {
    if (slices.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO slices (
              backfill_id, slice_from, slice_to, state, attempt, run_id, note, started_at, ended_at,
              records_read, records_published, records_rejected, records_duplicates,
              records_late, records_filtered)
            VALUES (
              :id, :sliceFrom, :sliceTo, :state, :attempt, :runId, :note, :startedAt, :endedAt,
              :read, :published, :rejected, :duplicates, :late, :filtered)
            ON CONFLICT (backfill_id, slice_from, slice_to) DO NOTHING
            """);
    for (SliceEntry slice : slices) {
      bind(batch, id, slice).add();
    }
    batch.execute();
  }

  /** How many there are of that interval: one, or none. */
  static int update(Handle handle, String id, SliceEntry slice) {
    return bind(
            handle.createUpdate(
                """
                UPDATE slices
                SET state = :state, attempt = :attempt, run_id = :runId, note = :note,
                  started_at = :startedAt, ended_at = :endedAt,
                  records_read = :read, records_published = :published,
                  records_rejected = :rejected, records_duplicates = :duplicates,
                  records_late = :late, records_filtered = :filtered
                WHERE backfill_id = :id AND slice_from = :sliceFrom AND slice_to = :sliceTo
                """),
            id,
            slice)
        .execute();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, String id, SliceEntry slice) {
    return statement
        .bindMethods(slice)
        .bind("id", id)
        .bind("sliceFrom", slice.interval().from())
        .bind("sliceTo", slice.interval().to())
        .bindMap(Columns.ofCounts(slice.counts()));
  }

  /** By time. */
  static List<SliceEntry> of(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM slices WHERE backfill_id = :id ORDER BY slice_from, slice_to")
        .bind("id", id)
        .map((row, context) -> slice(row))
        .list();
  }

  /** The slices of other backfills of an output that are running, and were heard of. */
  static List<Overlap.Taken> running(Handle handle, String id, String output, Instant staleBefore) {
    return handle
        .createQuery(
            """
            SELECT backfill_id, slice_from, slice_to
            FROM backfills JOIN slices ON backfill_id = id
            WHERE output = :output AND id <> :id
              AND backfills.state = 'RUNNING' AND heartbeat_at >= :staleBefore
            ORDER BY slice_from, created_at
            """)
        .bind("output", output)
        .bind("id", id)
        .bind("staleBefore", staleBefore)
        .map(
            (row, context) ->
                new Overlap.Taken(row.getString("backfill_id"), Columns.slice(row).orElseThrow()))
        .list();
  }

  private static SliceEntry slice(ResultSet row) throws SQLException {
    return new SliceEntry(
        Columns.slice(row).orElseThrow(),
        SliceState.valueOf(row.getString("state")),
        row.getInt("attempt"),
        Columns.optionalText(row, "run_id"),
        row.getString("note"),
        Columns.optionalTime(row, "started_at"),
        Columns.optionalTime(row, "ended_at"),
        Columns.counts(row));
  }
}
