package dev.millrace.record;

import java.util.Locale;

/**
 * Why a record was rejected: a closed list. One reason is one counter and one row in the report;
 * its {@link #code()} names the folder in the quarantine.
 */
public enum RejectReason {
  /**
   * The bytes are not what the format says: not JSON, not UTF-8, not one object, not of the schema.
   */
  MALFORMED,
  /** A piece of a line that is longer than the source reads as one record. */
  TOO_LONG,
  /** A message without a value, which stands for the deletion of its key. */
  TOMBSTONE,
  /** The schema that a message names isn't in its registry, or isn't one of Avro. */
  UNKNOWN_SCHEMA,
  /** The same field appears twice in one record. */
  REPEATED_FIELD,
  /** A field that the contract doesn't know, where it says to reject those. */
  UNKNOWN_FIELD,
  /** A required field is absent or null, or has a value that counts as missing. */
  MISSING_FIELD,
  /** A value is not of the field's type. */
  WRONG_TYPE,
  /** A number, date or time lies outside of the field's minimum and maximum. */
  OUT_OF_RANGE,
  /** A text is shorter or longer than the field allows. */
  WRONG_LENGTH,
  /** A text doesn't match the field's pattern. */
  PATTERN_MISMATCH,
  /** A value is not one of the field's valid values. */
  INVALID_VALUE,
  /** The event time can't be read from its field. */
  INVALID_EVENT_TIME,
  /** The event time lies outside of the contract's plausible range. */
  IMPLAUSIBLE_EVENT_TIME,
  /** Another record within the horizon has the same key and a different body. */
  CONFLICTING_KEY,
  /** A value is not among those of the reference that its field refers to. */
  UNKNOWN_REFERENCE,
  /** A condition over the fields of the record is false, or can't be computed. */
  BROKEN_CONDITION;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The name in reports, folders and metrics, such as {@code out_of_range}. */
  public String code() {
    return code;
  }
}
