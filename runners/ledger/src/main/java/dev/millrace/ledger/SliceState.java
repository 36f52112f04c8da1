package dev.millrace.ledger;

/** How far a slice of a backfill is. */
public enum SliceState {
  /** Its turn has not come. */
  PLANNED,
  /** A run is at it. */
  RUNNING,
  /** Its run was published. */
  PUBLISHED,
  /** There was nothing to do. */
  SKIPPED,
  /** Its run failed or was refused. */
  FAILED,
  /** The backfill was stopped before its end. */
  CANCELLED
}
