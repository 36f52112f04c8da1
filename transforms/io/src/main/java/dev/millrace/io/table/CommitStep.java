package dev.millrace.io.table;

/** The points of a publication between which a process can be killed, in their order. */
enum CommitStep {
  /** It came before the one that it comes after, and waits on the disk. */
  WAITING,
  /** It adds up, and nothing of it is published. */
  AUDITED,
  /** A staged folder has what belongs to it alone, and its marker. */
  MARKED,
  /** A folder that is replaced, or has nothing any more, is set aside. */
  SET_ASIDE,
  /** A folder is in its place. */
  SWAPPED,
  /** A file of another partition is in its place, and the folder may have no marker yet. */
  ADDED,
  /** The commit is listed: it is published. */
  LISTED,
  /** Its staging folder is gone. */
  CLEARED,
  /** The one after it, which has waited, is published and waits no more. */
  TAKEN
}
