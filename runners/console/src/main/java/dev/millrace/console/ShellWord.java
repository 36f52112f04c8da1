package dev.millrace.console;

/** Text as one word of a POSIX shell's command line. */
final class ShellWord {
  private ShellWord() {}

  /** Quoted where it must be. */
  static String of(String text) {
    return text.matches("[\\w@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
