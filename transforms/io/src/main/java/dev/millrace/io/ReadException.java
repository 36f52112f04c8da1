package dev.millrace.io;

/**
 * Says in one line which file or topic can't be read, and why; thrown while it is read, or at
 * launch for want of an answer.
 */
public final class ReadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure that has a cause. */
  public ReadException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A failure that was found here. */
  public ReadException(String message) {
    super(message);
  }
}
