package dev.millrace.ledger;

/** Says in one line which backfill already goes on where another one should start. */
public final class OverlapException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String other;

  OverlapException(String id, String output, String other, Interval slice) {
    super(
        "Cannot start backfill %s of %s: backfill %s goes on, and has the slice %s: wait for it, or cancel it"
            .formatted(id, output, other, slice));
    this.other = other;
  }

  /** The backfill that is in the way. */
  public String other() {
    return other;
  }
}
