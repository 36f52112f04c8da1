package dev.millrace.operate.status;

/** How far a partition is. */
public enum PartitionState {
  /** Readers see it. */
  PUBLISHED,
  /** A run that has passed its audit has it, and waits to be published. */
  STAGED,
  /** A run is at it. */
  RUNNING,
  /** The last run for it has failed, or was refused by its audit. */
  FAILED,
  /** None of these. */
  MISSING
}
