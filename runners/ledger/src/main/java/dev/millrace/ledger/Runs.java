package dev.millrace.ledger;

import static java.util.Comparator.comparing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The runs of pipelines: what they were asked for, how far they are, what came of them.
 *
 * <p>A run starts, is staged when all that it writes is in its staging folder and audited, and
 * ends. What is said twice is stored once; an end is for ever, unless a run of the same name starts
 * in the same output: it takes the place of the earlier one, as its files do. Thread-safe.
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
   * of that; its end, counts, inputs and failure are for later. An earlier run of the same key is
   * forgotten, unless it goes on. The same again changes nothing.
   *
   * @param gone the actor of an earlier run whose process is known to have ended; empty for none
   * @param staleAfter how old the heartbeat of an earlier one has to be for it to have died: older
   *     than this
   * @throws IllegalArgumentException if an earlier one goes on
   */
  public void start(RunEntry run, Optional<String> gone, Duration staleAfter) {
    Instant staleBefore = clock.instant().minus(staleAfter);
    transactions.write(
        handle -> {
          if (!RunRows.insert(handle, run, gone.orElse(""), staleBefore)) {
            throw goesOn(known(handle, run.key()));
          }
          RunRows.deleteAudit(handle, run.key());
          return null;
        });
  }

  private static IllegalArgumentException goesOn(RunEntry run) {
    return new IllegalArgumentException(
        "Invalid run: %s (expected another id: a run of this one goes on in %s, and was heard of at %s)"
            .formatted(run.id(), run.output(), run.heartbeatAt()));
  }

  /**
   * Says that a run goes on. One that has ended stays as it is.
   *
   * @param progress how far it has come; empty if nobody knows, then what was known stays
   */
  public void heartbeat(RunKey key, Optional<RunProgress> progress) {
    Instant now = clock.instant();
    transactions.write(
        handle -> RunRows.heartbeat(handle, key, progress, now) == 0 ? known(handle, key) : null);
  }

  /**
   * Says what became of a run's records, and what its audit found: it is {@link RunState#STAGED} if
   * all checks passed, or else has ended as {@link RunState#REFUSED}.
   *
   * @throws IllegalStateException if it has come to another end before
   */
  public void staged(RunKey key, Counts counts, String inputs, List<AuditEntry> audit) {
    RunState state =
        audit.stream().allMatch(AuditEntry::passed) ? RunState.STAGED : RunState.REFUSED;
    Instant now = clock.instant();
    transactions.write(
        handle -> {
          requireOpen(handle, key, state, RunRows.stage(handle, key, state, counts, inputs, now));
          RunRows.deleteAudit(handle, key);
          RunRows.insertAudit(handle, key, audit);
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
  public void end(RunKey key, RunState state, Optional<String> failure) {
    if (!state.isEnd()) {
      throw new IllegalArgumentException(
          "Invalid state: %s (expected one that a run ends in)".formatted(state));
    }
    Instant now = clock.instant();
    transactions.write(
        handle -> {
          requireOpen(handle, key, state, RunRows.end(handle, key, state, failure, now));
          return null;
        });
  }

  private void requireOpen(Handle handle, RunKey key, RunState state, int changed) {
    if (changed == 0) {
      RunEntry run = known(handle, key);
      throw new IllegalStateException(
          "Cannot set %s in ledger %s to %s: it ended as %s at %s"
              .formatted(key, location, state, run.state(), run.endedAt().orElseThrow()));
    }
  }

  private RunEntry known(Handle handle, RunKey key) {
    return RunRows.find(handle, key)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot find %s in ledger %s".formatted(key, location)));
  }

  /** A run by its name in an output. */
  public Optional<RunEntry> find(RunKey key) {
    return transactions.read(handle -> RunRows.find(handle, key));
  }

  /**
   * The run that an output has partitions of: its own of that name, or else the one of another
   * output that was published to it; empty if there are several.
   */
  public Optional<RunEntry> publisher(RunKey key) {
    return find(key)
        .or(
            () -> {
              List<RunEntry> others = transactions.read(handle -> RunRows.publishedTo(handle, key));
              return others.size() == 1 ? Optional.of(others.get(0)) : Optional.empty();
            });
  }

  /** The runs that were started for an output, the newest first. */
  public List<RunEntry> of(String output) {
    return transactions.read(handle -> RunRows.of(handle, output)).stream()
        .sorted(comparing(RunEntry::startedAt).thenComparing(RunEntry::id).reversed())
        .toList();
  }

  /** What the audit of a run found, in the order in which it was said; empty before it. */
  public List<AuditEntry> audit(RunKey key) {
    return transactions.read(handle -> RunRows.audit(handle, key));
  }
}
