package dev.millrace.stages.decode;

/**
 * The bytes are not JSON as RFC 8259 has it, not CSV as RFC 4180 does, or not Avro as their schema
 * says. It has no stack trace: it says something about the data and nothing about the program, and
 * a source of nothing but garbage must stay cheap.
 */
final class MalformedJson extends Exception {
  private static final long serialVersionUID = 1L;

  private final int position;

  /**
   * What is wrong, and where.
   *
   * @param message what was expected or is not allowed, without the place
   * @param position the index in the array that was read
   */
  MalformedJson(String message, int position) {
    super(message, null, false, false);
    this.position = position;
  }

  /** Where in the array that was read. */
  int position() {
    return position;
  }
}
