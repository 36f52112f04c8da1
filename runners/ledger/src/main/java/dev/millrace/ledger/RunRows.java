package dev.millrace.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The SQL of runs and audits, each statement in a transaction of the caller's. */
final class RunRows {
  private RunRows() {}

  /** Whether it is there now; false, if another one of its id was there before. */
  static boolean insert(Handle handle, RunEntry run) {
    return handle
        .createQuery(
            """
            INSERT INTO runs (
              id, job, pipeline, pipeline_version, contract, contract_version, runner,
              slice_from, slice_to, output, staging, state, actor, reason, started_at, heartbeat_at)
            VALUES (
              :id, :job, :pipeline, :pipelineVersion, :contract, :contractVersion, :runner,
              :sliceFrom, :sliceTo, :output, :staging, 'RUNNING', :actor, :reason, :startedAt, :startedAt)
            ON CONFLICT (id) DO UPDATE SET id = excluded.id
            WHERE runs.job = excluded.job
              AND runs.pipeline = excluded.pipeline
              AND runs.pipeline_version = excluded.pipeline_version
              AND runs.contract = excluded.contract
              AND runs.contract_version = excluded.contract_version
              AND runs.runner = excluded.runner
              AND runs.slice_from IS NOT DISTINCT FROM excluded.slice_from
              AND runs.slice_to IS NOT DISTINCT FROM excluded.slice_to
              AND runs.output = excluded.output
              AND runs.staging = excluded.staging
              AND runs.actor = excluded.actor
              AND runs.reason = excluded.reason
              AND runs.started_at = excluded.started_at
            RETURNING id
            """)
        .bindMethods(run)
        .bindMap(Columns.ofSlice(run.slice()))
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  /** How many rows were changed: one, or none. */
  static int heartbeat(Handle handle, String id, Instant now) {
    return handle
        .createUpdate("UPDATE runs SET heartbeat_at = :now WHERE id = :id AND ended_at IS NULL")
        .bind("now", now)
        .bind("id", id)
        .execute();
  }

  /** How many rows were changed: one, or none. */
  static int stage(
      Handle handle, String id, RunState state, Counts counts, String inputs, Instant now) {
    return handle
        .createUpdate(
            """
            UPDATE runs
            SET state = :state, inputs = :inputs, heartbeat_at = :now,
              ended_at = COALESCE(ended_at, :end),
              records_read = :read, records_published = :published,
              records_rejected = :rejected, records_duplicates = :duplicates,
              records_late = :late, records_filtered = :filtered
            WHERE id = :id AND state IN ('RUNNING', 'STAGED', :state)
            """)
        .bind("id", id)
        .bind("state", state)
        .bind("inputs", inputs)
        .bind("now", now)
        .bind("end", state.isEnd() ? now : null)
        .bindMap(Columns.ofCounts(Optional.of(counts)))
        .execute();
  }

  static void replaceAudit(Handle handle, String id, List<AuditEntry> audit) {
    handle.createUpdate("DELETE FROM audits WHERE run_id = :id").bind("id", id).execute();
    if (audit.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO audits (run_id, position, check_name, passed, finding)
            VALUES (:id, :position, :check, :passed, :finding)
            """);
    for (int position = 0; position < audit.size(); position++) {
      batch.bindMethods(audit.get(position)).bind("id", id).bind("position", position).add();
    }
    batch.execute();
  }

  /** How many rows were changed: one, or none. */
  static int end(Handle handle, String id, RunState state, Optional<String> failure, Instant now) {
    return handle
        .createUpdate(
            """
            UPDATE runs
            SET state = :state, ended_at = COALESCE(ended_at, :now),
              failure = COALESCE(failure, :failure)
            WHERE id = :id AND state IN ('RUNNING', 'STAGED', :state)
            """)
        .bind("id", id)
        .bind("state", state)
        .bind("now", now)
        .bind("failure", failure.orElse(null))
        .execute();
  }

  static Optional<RunEntry> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM runs WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> run(row))
        .findOne();
  }

  /** In no order. */
  static List<RunEntry> of(Handle handle, String output) {
    return handle
        .createQuery("SELECT * FROM runs WHERE output = :output")
        .bind("output", output)
        .map((row, context) -> run(row))
        .list();
  }

  private static RunEntry run(ResultSet row) throws SQLException {
    return new RunEntry(
        row.getString("id"),
        row.getString("job"),
        row.getString("pipeline"),
        row.getString("pipeline_version"),
        row.getString("contract"),
        row.getString("contract_version"),
        row.getString("runner"),
        Columns.slice(row),
        row.getString("output"),
        row.getString("staging"),
        RunState.valueOf(row.getString("state")),
        row.getString("actor"),
        row.getString("reason"),
        Columns.time(row, "started_at"),
        Columns.time(row, "heartbeat_at"),
        Columns.optionalTime(row, "ended_at"),
        Columns.counts(row),
        Columns.optionalText(row, "inputs"),
        Columns.optionalText(row, "failure"));
  }

  static List<AuditEntry> audit(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM audits WHERE run_id = :id ORDER BY position")
        .bind("id", id)
        .map(
            (row, context) ->
                new AuditEntry(
                    row.getString("check_name"),
                    row.getBoolean("passed"),
                    row.getString("finding")))
        .list();
  }
}
