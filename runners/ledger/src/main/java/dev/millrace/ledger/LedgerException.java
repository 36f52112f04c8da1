package dev.millrace.ledger;

/**
 * Says in one line which ledger can't be used, why, and what to do. It has no password; the cause
 * is the database's.
 */
public final class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LedgerException(String message, Throwable cause) {
    super(message, cause);
  }

  LedgerException(String message) {
    super(message);
  }
}
