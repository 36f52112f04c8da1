package dev.millrace.ledger;

/** Why a partition took the place of another. */
public enum PublishAction {
  /** A run had made it. */
  PUBLISH,
  /** It was there before, and somebody wants it back. */
  ROLLBACK
}
