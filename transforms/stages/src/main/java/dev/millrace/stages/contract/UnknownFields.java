package dev.millrace.stages.contract;

/** What becomes of a field that a record has and its contract doesn't. */
public enum UnknownFields {
  /** The record is rejected. */
  REJECT,
  /** The fields are kept, as the text of one JSON object, in the field {@code _unknown}. */
  KEEP,
  /** The fields are left out. */
  DROP
}
