package dev.millrace.ledger;

/** How far a backfill is. */
public enum BackfillState {
  /** It starts runs, or its process died without a word: see the heartbeat. */
  RUNNING,
  /** It starts no more runs until it is resumed. */
  PAUSED,
  /** Somebody stopped it. */
  CANCELLED,
  /** Each of its slices came to an end. */
  DONE,
  /** It gave up. */
  FAILED;

  /** Whether only a resume gets it out of this state. */
  public boolean isEnd() {
    return this != RUNNING && this != PAUSED;
  }
}
