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

  /**
   * Whether it is there now, in place of one of its name that has ended, is staged, or whose
   * process is gone or wasn't heard of; false, if one of its name goes on.
   */
  static boolean insert(Handle handle, RunEntry run, String gone, Instant staleBefore) {
    return handle
        .createQuery(
            """
            INSERT INTO runs (
              output, id, job, pipeline, pipeline_version, contract, contract_version, runner,
              slice_from, slice_to, staging, state, actor, reason, started_at, heartbeat_at)
            VALUES (
              :output, :id, :job, :pipeline, :pipelineVersion, :contract, :contractVersion, :runner,
              :sliceFrom, :sliceTo, :staging, 'RUNNING', :actor, :reason, :startedAt, :startedAt)
            ON CONFLICT (output, id) DO UPDATE SET
              job = excluded.job,
              pipeline = excluded.pipeline,
              pipeline_version = excluded.pipeline_version,
              contract = excluded.contract,
              contract_version = excluded.contract_version,
              runner = excluded.runner,
              slice_from = excluded.slice_from,
              slice_to = excluded.slice_to,
              staging = excluded.staging,
              state = 'RUNNING',
              actor = excluded.actor,
              reason = excluded.reason,
              started_at = excluded.started_at,
              heartbeat_at = excluded.heartbeat_at,
              read_bytes = NULL,
              total_bytes = NULL,
              ended_at = NULL,
              records_read = NULL,
              records_published = NULL,
              records_rejected = NULL,
              records_duplicates = NULL,
              records_late = NULL,
              records_filtered = NULL,
              inputs = NULL,
              failure = NULL
            WHERE runs.state <> 'RUNNING'
              OR runs.actor = :gone
              OR runs.heartbeat_at < :staleBefore
              OR (runs.actor = excluded.actor AND runs.started_at = excluded.started_at)
            RETURNING id
            """)
        .bindMethods(run)
        .bindMap(Columns.ofSlice(run.slice()))
        .bind("gone", gone)
        .bind("staleBefore", staleBefore)
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  /** How many rows were changed: one, or none. */
  static int heartbeat(Handle handle, RunKey key, Optional<RunProgress> progress, Instant now) {
    return handle
        .createUpdate(
            """
            UPDATE runs
            SET heartbeat_at = :now, read_bytes = COALESCE(:readBytes, read_bytes),
              total_bytes = COALESCE(:totalBytes, total_bytes)
            WHERE output = :output AND id = :id AND ended_at IS NULL
            """)
        .bindMethods(key)
        .bindMap(Columns.ofProgress(progress))
        .bind("now", now)
        .execute();
  }

  /** How many rows were changed: one, or none. */
  static int stage(
      Handle handle, RunKey key, RunState state, Counts counts, String inputs, Instant now) {
    return handle
        .createUpdate(
            """
            UPDATE runs
            SET state = :state, inputs = :inputs, heartbeat_at = :now,
              ended_at = COALESCE(ended_at, :end),
              records_read = :read, records_published = :published,
              records_rejected = :rejected, records_duplicates = :duplicates,
              records_late = :late, records_filtered = :filtered
            WHERE output = :output AND id = :id AND state IN ('RUNNING', 'STAGED', :state)
            """)
        .bindMethods(key)
        .bind("state", state)
        .bind("inputs", inputs)
        .bind("now", now)
        .bind("end", state.isEnd() ? now : null)
        .bindMap(Columns.ofCounts(Optional.of(counts)))
        .execute();
  }

  static void deleteAudit(Handle handle, RunKey key) {
    handle
        .createUpdate("DELETE FROM audits WHERE output = :output AND run_id = :id")
        .bindMethods(key)
        .execute();
  }

  static void insertAudit(Handle handle, RunKey key, List<AuditEntry> audit) {
    if (audit.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO audits (output, run_id, position, check_name, passed, finding)
            VALUES (:output, :id, :position, :check, :passed, :finding)
            """);
    for (int position = 0; position < audit.size(); position++) {
      batch.bindMethods(audit.get(position)).bindMethods(key).bind("position", position).add();
    }
    batch.execute();
  }

  /** How many rows were changed: one, or none. */
  static int end(Handle handle, RunKey key, RunState state, Optional<String> failure, Instant now) {
    return handle
        .createUpdate(
            """
            UPDATE runs
            SET state = :state, ended_at = COALESCE(ended_at, :now),
              failure = COALESCE(failure, :failure)
            WHERE output = :output AND id = :id AND state IN ('RUNNING', 'STAGED', :state)
            """)
        .bindMethods(key)
        .bind("state", state)
        .bind("now", now)
        .bind("failure", failure.orElse(null))
        .execute();
  }

  static Optional<RunEntry> find(Handle handle, RunKey key) {
    return handle
        .createQuery("SELECT * FROM runs WHERE output = :output AND id = :id")
        .bindMethods(key)
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

  /** Those of a name whose partitions went to an output that is not their own. */
  static List<RunEntry> publishedTo(Handle handle, RunKey key) {
    return handle
        .createQuery(
            """
            SELECT * FROM runs
            WHERE id = :id AND output <> :output AND state = 'PUBLISHED' AND EXISTS (
              SELECT 1 FROM publishes WHERE publishes.output = :output AND run_id = :id)
            """)
        .bindMethods(key)
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
        Columns.progress(row),
        Columns.optionalTime(row, "ended_at"),
        Columns.counts(row),
        Columns.optionalText(row, "inputs"),
        Columns.optionalText(row, "failure"));
  }

  static List<AuditEntry> audit(Handle handle, RunKey key) {
    return handle
        .createQuery(
            "SELECT * FROM audits WHERE output = :output AND run_id = :id ORDER BY position")
        .bindMethods(key)
        .map(
            (row, context) ->
                new AuditEntry(
                    row.getString("check_name"),
                    row.getBoolean("passed"),
                    row.getString("finding")))
        .list();
  }
}
