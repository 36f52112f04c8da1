package dev.millrace.stages.refer;

/** Writes one integer after the other as decimal digits into one array. */
final class IntegerText {
  private static final int MOST_CHARACTERS = 20;

  private final byte[] array = new byte[MOST_CHARACTERS];
  private int start;

  /** Writes an integer over the one before it. */
  void write(long value) {
    start = MOST_CHARACTERS;
    // Digits of the negative: the least integer has no positive.
    long left = value > 0 ? -value : value;
    do {
      array[--start] = (byte) ('0' - left % 10);
      left /= 10;
    } while (left != 0);
    if (value < 0) {
      array[--start] = '-';
    }
  }

  byte[] array() {
    return array;
  }

  int start() {
    return start;
  }

  int length() {
    return MOST_CHARACTERS - start;
  }
}
