package dev.millrace.ledger;

import static java.util.Comparator.comparing;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

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
    if (!transactions.write(handle -> RunRows.insert(handle, run))) {
      throw new IllegalArgumentException(
          "Invalid run: %s (expected another id: ledger %s has a run of this one)"
              .formatted(run.id(), location));
    }
  }

  /** Says that a run goes on. One that has ended stays as it is. */
  public void heartbeat(String id) {
    Instant now = clock.instant();
    transactions.write(
        handle -> RunRows.heartbeat(handle, id, now) == 0 ? known(handle, id) : null);
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
          requireOpen(handle, id, state, RunRows.stage(handle, id, state, counts, inputs, now));
          RunRows.replaceAudit(handle, id, audit);
          return null;
        });
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
          requireOpen(handle, id, state, RunRows.end(handle, id, state, failure, now));
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
    return RunRows.find(handle, id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot find run %s in ledger %s".formatted(id, location)));
  }

  /** A run by its id. */
  public Optional<RunEntry> find(String id) {
    return transactions.read(handle -> RunRows.find(handle, id));
  }

  /** The runs that publish to an output, the newest first. */
  public List<RunEntry> of(String output) {
    return transactions.read(handle -> RunRows.of(handle, output)).stream()
        .sorted(comparing(RunEntry::startedAt).thenComparing(RunEntry::id).reversed())
        .toList();
  }

  /** What the audit of a run found, in the order in which it was said; empty before it. */
  public List<AuditEntry> audit(String id) {
    return transactions.read(handle -> RunRows.audit(handle, id));
  }
}
