package dev.millrace.launch;

/**
 * The value of one option, and where it was given, for the message if it is wrong.
 *
 * @param value the value, as on a command line
 * @param origin a file and line such as {@code flights.job.yaml:7}; empty for a command line
 */
public record Setting(String value, String origin) {

  /** A value from the command line. */
  public static Setting of(String value) {
    return new Setting(value, "");
  }

  /** A message about this setting, with its origin before it. */
  String blame(String message) {
    return origin.isEmpty() ? message : origin + ": " + message;
  }
}
