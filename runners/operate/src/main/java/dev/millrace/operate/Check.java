package dev.millrace.operate;

/**
 * One question that an audit asked of a run.
 *
 * @param name what was checked, such as {@code run_balances}
 * @param passed whether the run may be published as far as this check goes
 * @param message one line for people, with the figures; where it failed it starts with {@code
 *     Cannot publish}
 */
public record Check(String name, boolean passed, String message) {

  /** One that passed, and what it found. */
  public static Check passed(String name, String message) {
    return new Check(name, true, message);
  }

  /** One that failed, and why. */
  public static Check failed(String name, String reason) {
    return new Check(name, false, "Cannot publish: " + reason);
  }
}
