package dev.millrace.operate.status;

import dev.millrace.ledger.Interval;
import java.time.Instant;
import java.util.Optional;

/**
 * One run over an interval, or a slice of a backfill that never came to be one.
 *
 * @param interval the interval
 * @param run the run, if there was one
 * @param at when it started, or failed to
 * @param outcome how far it is
 * @param expectedEnd when it may be done, going by how far it has come since
 * @param failure why it failed; empty if it hasn't
 */
record Attempt(
    Interval interval,
    Optional<String> run,
    Instant at,
    Outcome outcome,
    Optional<Instant> expectedEnd,
    String failure) {

  /** How far an attempt is. */
  enum Outcome {
    /** It goes on. */
    RUNNING,
    /** It has failed, or was refused, or its process is gone. */
    FAILED,
    /** It is staged, published, or was cancelled. */
    OTHER
  }

  /** What it is called. */
  String name() {
    return run.map(id -> "run " + id).orElse("a backfill");
  }
}
