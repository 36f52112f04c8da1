package dev.millrace.launch;

/** Whether a run ends by itself. */
public enum Mode {
  /** A slice: the run ends when its input is read. */
  BOUNDED,
  /** A live topic: the run goes on until it is stopped. */
  UNBOUNDED
}
