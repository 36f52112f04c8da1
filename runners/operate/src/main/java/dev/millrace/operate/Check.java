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

  static Check passed(String name, String message) {
    return new Check(name, true, message);
  }

  static Check failed(String name, String reason) {
    return new Check(name, false, "Cannot publish: " + reason);
  }
}
