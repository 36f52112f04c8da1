package dev.millrace.stages.contract.odcs;

/**
 * One thing that was found in a contract file.
 *
 * @param file what the file is called
 * @param line its line, from 1
 * @param path its place in the document, such as {@code schema[0].properties[2].logicalType}; empty
 *     for the whole of it
 */
public record Finding(Kind kind, String file, int line, String message, String path) {

  /** What a finding means. */
  public enum Kind {
    /** The document breaks the standard, or says what can't be meant. */
    ERROR,
    /** The document is good, but no run can use it as it is. */
    UNUSABLE,
    /** The contract asks for something that a run doesn't check. */
    UNCHECKED,
    /** Something looks wrong that the standard allows. */
    NOTE
  }

  /** The finding as one line: {@code file:line: message (at path)}. */
  @Override
  public String toString() {
    String at = path.isEmpty() ? "" : " (at " + path + ")";
    return file + ":" + line + ": " + message + at;
  }

  /** The finding as a note: what only keeps a run from using the contract says so. */
  public Finding asNote() {
    return kind == Kind.UNUSABLE
        ? new Finding(kind, file, line, "Cannot run: " + uncapitalized(message), path)
        : this;
  }

  private static String uncapitalized(String text) {
    return Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
