package dev.millrace.ledger;

/** How far a run is. */
public enum RunState {
  /** It reads and writes, or its process died without a word: see the heartbeat. */
  RUNNING,
  /** What it wrote has passed the audit and waits to be published. */
  STAGED,
  /** Its partitions took their places. */
  PUBLISHED,
  /** Something other than its data stopped it. */
  FAILED,
  /** Its audit failed: nothing was published. */
  REFUSED,
  /** Somebody stopped it. */
  CANCELLED;

  /** Whether a run stays in this state for ever. */
  public boolean isEnd() {
    return this != RUNNING && this != STAGED;
  }
}
