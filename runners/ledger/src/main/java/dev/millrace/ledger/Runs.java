package dev.millrace.ledger;

import static java.util.Comparator.comparing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The runs of pipelines: what they were asked for, how far they are, what came of them.
 *
 * <p>A run starts, is staged when all that it writes is in its staging folder and audited, and
 * ends. What is said twice is stored once; an end is for ever. Thread-safe.
 */
public final class Runs {
  private final Transactions transactions;
  private final LedgerLocation location;
  private final Clock clock;

  Runs(Transactions transactions, LedgerLocation location, Clock clock) {
    this.transactions = transactions;
    this.location = location;
    this.clock = clock;
  }

  /**
   * Adds a run, {@link RunState#RUNNING} and last heard of when it started, whatever the entry says
   * of that; its end, counts, inputs and failure are for later. The same again changes nothing.
   *
   * @throws IllegalArgumentException if there is another run of that id
   */
  public void start(RunEntry run) {
    boolean isNew = transactions.write(handle -> insert(handle, run));
    if (!isNew) {
      throw new IllegalArgumentException(
          "Invalid run: %s (expected another id: ledger %s has a run of this one)"
              .formatted(run.id(), location));
    }
  }

  private static boolean insert(Handle handle, RunEntry run) {
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
        .bindMap(Columns.of(run.slice()))
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  /** Says that a run goes on. One that has ended stays as it is. */
  public void heartbeat(String id) {
    Instant now = clock.instant();
    transactions.write(
        handle -> {
          int changed =
              handle
                  .createUpdate(
                      "UPDATE runs SET heartbeat_at = :now WHERE id = :id AND ended_at IS NULL")
                  .bind("now", now)
                  .bind("id", id)
                  .execute();
          return changed == 0 ? known(handle, id) : null;
        });
  }

  /**
   * Says what became of a run's records, and what its audit found: it is {@link RunState#STAGED} if
   * all checks passed, or else has ended as {@link RunState#REFUSED}.
   *
   * @throws IllegalStateException if it has come to another end before
   */
  public void staged(String id, Counts counts, String inputs, List<AuditEntry> audit) {
    RunState state =
        audit.stream().allMatch(AuditEntry::passed) ? RunState.STAGED : RunState.REFUSED;
    Instant now = clock.instant();
    transactions.write(
        handle -> {
          int changed =
              handle
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
          requireOpen(handle, id, state, changed);
          replaceAudit(handle, id, audit);
          return null;
        });
  }

  private static void replaceAudit(Handle handle, String id, List<AuditEntry> audit) {
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
      batch.bind("id", id).bind("position", position).bindMethods(audit.get(position)).add();
    }
    batch.execute();
  }

  /**
   * Ends a run.
   *
   * @param state what it ended as; neither {@link RunState#RUNNING} nor {@link RunState#STAGED}
   * @param failure why, if it did not publish
   * @throws IllegalStateException if it has come to another end before
   */
  public void end(String id, RunState state, Optional<String> failure) {
    if (!state.isEnd()) {
      throw new IllegalArgumentException(
          "Invalid state: %s (expected one that a run ends in)".formatted(state));
    }
    Instant now = clock.instant();
    transactions.write(
        handle -> {
          int changed =
              handle
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
          requireOpen(handle, id, state, changed);
          return null;
        });
  }

  private void requireOpen(Handle handle, String id, RunState state, int changed) {
    if (changed == 0) {
      RunEntry run = known(handle, id);
      throw new IllegalStateException(
          "Cannot set run %s of ledger %s to %s: it ended as %s at %s"
              .formatted(id, location, state, run.state(), run.endedAt().orElseThrow()));
    }
  }

  private RunEntry known(Handle handle, String id) {
    return find(handle, id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot find run %s in ledger %s".formatted(id, location)));
  }

  /** A run by its id. */
  public Optional<RunEntry> find(String id) {
    return transactions.read(handle -> find(handle, id));
  }

  private static Optional<RunEntry> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM runs WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> run(row))
        .findOne();
  }

  /** The runs that publish to an output, the newest first. */
  public List<RunEntry> of(String output) {
    return transactions.read(
        handle ->
            handle
                .createQuery("SELECT * FROM runs WHERE output = :output")
                .bind("output", output)
                .map((row, context) -> run(row))
                .stream()
                .sorted(comparing(RunEntry::startedAt).thenComparing(RunEntry::id).reversed())
                .toList());
  }

  /** What the audit of a run found, in the order in which it was said; empty before it. */
  public List<AuditEntry> audit(String id) {
    return transactions.read(
        handle ->
            handle
                .createQuery("SELECT * FROM audits WHERE run_id = :id ORDER BY position")
                .bind("id", id)
                .map(
                    (row, context) ->
                        new AuditEntry(
                            row.getString("check_name"),
                            row.getBoolean("passed"),
                            row.getString("finding")))
                .list());
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
        Columns.interval(row),
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
}
