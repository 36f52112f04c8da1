package dev.millrace.operate.backfill;

import dev.millrace.ledger.Counts;

/**
 * What became of a run.
 *
 * @param outcome how it ended
 * @param message why it wasn't published; empty if it was
 * @param counts what became of its records; null if it didn't come so far
 */
record WorkerAnswer(Outcome outcome, String message, Counts counts) {
  /** How a run ended. */
  enum Outcome {
    /** It is published. */
    DONE,
    /** Its audit refused it. */
    REFUSED,
    /** It could not run to its end. */
    FAILED
  }

  static WorkerAnswer failed(String message) {
    return new WorkerAnswer(Outcome.FAILED, message, null);
  }
}
