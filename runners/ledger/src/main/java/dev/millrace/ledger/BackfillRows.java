package dev.millrace.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The SQL of backfills, each statement in a transaction of the caller's. */
final class BackfillRows {
  private BackfillRows() {}

  /** Whether it is there now; false, if another one of its id was there before. */
  static boolean insert(Handle handle, BackfillEntry backfill) {
    return handle
        .createQuery(
            """
            INSERT INTO backfills (
              id, job, arguments, waiting, output, asked_range, max_active_runs, reprocess, backwards, state,
              actor, reason, created_at, heartbeat_at, ended_at, tickets, turn)
            VALUES (
              :id, :job, :lines, :waits, :output, :range, :maxActiveRuns, :reprocess, :backwards, :state,
              :actor, :reason, :createdAt, :heartbeatAt, :endedAt, 0, 0)
            ON CONFLICT (id) DO UPDATE SET id = excluded.id
            WHERE backfills.job = excluded.job
              AND backfills.arguments = excluded.arguments
              AND backfills.waiting = excluded.waiting
              AND backfills.output = excluded.output
              AND backfills.asked_range = excluded.asked_range
              AND backfills.max_active_runs = excluded.max_active_runs
              AND backfills.reprocess = excluded.reprocess
              AND backfills.backwards = excluded.backwards
              AND backfills.actor = excluded.actor
              AND backfills.reason = excluded.reason
              AND backfills.created_at = excluded.created_at
            RETURNING id
            """)
        .bindMethods(backfill)
        .bind("lines", Lines.join(backfill.arguments()))
        .bind("waits", Lines.join(backfill.waiting()))
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  /** A number that no other caller has. */
  static long drawTicket(Handle handle, String id) {
    return handle
        .createQuery("UPDATE backfills SET tickets = tickets + 1 WHERE id = :id RETURNING tickets")
        .bind("id", id)
        .mapTo(Long.class)
        .one();
  }

  /** Whether the one with the ticket has the backfill. */
  static boolean takeOver(
      Handle handle, String id, String actor, long ticket, Instant now, Instant staleBefore) {
    return handle
            .createUpdate(
                """
                UPDATE backfills
                SET state = 'RUNNING', actor = :actor, turn = :ticket, heartbeat_at = :now,
                  ended_at = NULL
                WHERE id = :id AND (heartbeat_at < :staleBefore OR turn = :ticket)
                """)
            .bind("id", id)
            .bind("actor", actor)
            .bind("ticket", ticket)
            .bind("now", now)
            .bind("staleBefore", staleBefore)
            .execute()
        == 1;
  }

  static int heartbeat(Handle handle, String id, Instant now) {
    return handle
        .createUpdate("UPDATE backfills SET heartbeat_at = :now WHERE id = :id")
        .bind("id", id)
        .bind("now", now)
        .execute();
  }

  static void state(Handle handle, String id, BackfillState state, Instant now) {
    handle
        .createUpdate(
            """
            UPDATE backfills SET state = :state, ended_at = :end
            WHERE id = :id AND ended_at IS NULL
            """)
        .bind("id", id)
        .bind("state", state)
        .bind("end", state.isEnd() ? now : null)
        .execute();
  }

  static Optional<BackfillEntry> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM backfills WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> backfill(row))
        .findOne();
  }

  /** In no order. */
  static List<BackfillEntry> all(Handle handle) {
    return handle
        .createQuery("SELECT * FROM backfills")
        .map((row, context) -> backfill(row))
        .list();
  }

  private static BackfillEntry backfill(ResultSet row) throws SQLException {
    return new BackfillEntry(
        row.getString("id"),
        row.getString("job"),
        Lines.split(row.getString("arguments")),
        Lines.split(row.getString("waiting")),
        row.getString("output"),
        row.getString("asked_range"),
        row.getInt("max_active_runs"),
        row.getString("reprocess"),
        row.getBoolean("backwards"),
        BackfillState.valueOf(row.getString("state")),
        row.getString("actor"),
        row.getString("reason"),
        Columns.time(row, "created_at"),
        Columns.time(row, "heartbeat_at"),
        Columns.optionalTime(row, "ended_at"));
  }
}
