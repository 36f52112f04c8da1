package dev.millrace.stages.sql;

/** A text is no condition on one record; the message says why, to follow a colon. */
public final class ConditionException extends Exception {
  private static final long serialVersionUID = 1L;

  ConditionException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
