package dev.millrace.dev;

/** A local stack, or a process of it, that can't be started, ended or kept. */
public final class StackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StackException(String message) {
    super(message);
  }

  StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
