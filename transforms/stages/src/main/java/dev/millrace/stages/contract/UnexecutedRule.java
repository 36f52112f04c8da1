package dev.millrace.stages.contract;

/** A quality rule can't be executed; the message says why, and is empty where that is plain. */
final class UnexecutedRule extends Exception {
  private static final long serialVersionUID = 1L;

  UnexecutedRule(String reason) {
    super(reason);
  }
}
