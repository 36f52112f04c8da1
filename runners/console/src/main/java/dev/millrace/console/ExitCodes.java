package dev.millrace.console;

/** What a verb tells the shell. */
final class ExitCodes {
  /** What was asked for is done. */
  static final int DONE = 0;

  /** The data failed its checks: nothing was published. */
  static final int CHECKS_FAILED = 1;

  /** The request can't be carried out as it stands. */
  static final int USAGE = 2;

  /** Something other than the request and the data failed. */
  static final int INFRASTRUCTURE = 3;

  private ExitCodes() {}
}
