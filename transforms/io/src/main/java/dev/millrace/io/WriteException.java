package dev.millrace.io;

/**
 * Says in one line where records can't be written, why, and what to do; thrown at launch, or while
 * they are written. It has no values of records.
 */
public final class WriteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure that has a cause. */
  public WriteException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A failure that was found here. */
  public WriteException(String message) {
    super(message);
  }
}
