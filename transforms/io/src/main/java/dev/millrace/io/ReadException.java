package dev.millrace.io;

/** Says in one line which file can't be read, and why; thrown while it is read. */
public final class ReadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ReadException(String message, Throwable cause) {
    super(message, cause);
  }
}
