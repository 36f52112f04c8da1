package dev.millrace.quarantine;

import dev.millrace.record.Rejected;

/**
 * A rejected record as it lies in the quarantine: one line of a file.
 *
 * @param id its content address, as {@link Rejected#id()} gives it
 * @param rejected what was rejected and why, equal to what the stage rejected
 * @param context what rejected it
 */
public record QuarantinedRecord(String id, Rejected rejected, QuarantineContext context) {

  /** The record that a run with this context quarantines. */
  public static QuarantinedRecord of(Rejected rejected, QuarantineContext context) {
    return new QuarantinedRecord(rejected.id(), rejected, context);
  }
}
