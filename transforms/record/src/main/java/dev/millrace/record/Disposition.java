package dev.millrace.record;

import java.util.Locale;

/**
 * What became of a record that a run read: the sides of its balance, and what is counted beside.
 */
public enum Disposition {
  /** It was read. The other dispositions must add up to this one. */
  READ,
  /**
   * It passed decoding and validation, and has an event time and so a partition. Or it didn't, and
   * is filtered, as the reject of another interval.
   */
  ACCEPTED,
  /** It is in a published table. */
  PUBLISHED,
  /** It is in the quarantine. */
  REJECTED,
  /** It is an exact copy of a record that was kept. */
  DUPLICATE,
  /** It came too late for its window, and is in the late table. */
  LATE,
  /** It lies outside of the interval that the run was asked for. */
  FILTERED,
  /**
   * It is published, and counted by a rule of the contract that allows for some. No side of the
   * balance: a record is flagged as often as there are such rules.
   */
  FLAGGED;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The name in manifests and reports. */
  public String code() {
    return code;
  }
}
