package dev.millrace.operate.publish;

/** The points of a publish between which a process can be killed, in their order. */
enum PublishStep {
  /** The run is written to staging, and nothing else. */
  STAGED,
  /** It has passed its audit, and what is to be swapped is written down. */
  PLANNED,
  /** A staged folder has its manifest and its marker. */
  MARKED,
  /** A partition that is replaced is set aside, and nothing is in its place. */
  SET_ASIDE,
  /** A partition is in its place. */
  SWAPPED,
  /** All partitions and the report are in their places, and all of it could still be undone. */
  REPORTED,
  /** It counts as published, and earlier versions that are not to be kept are still there. */
  DECIDED,
  /** Of a partition, only the versions to be kept are there. */
  PRUNED
}
