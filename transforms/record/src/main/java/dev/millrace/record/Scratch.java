package dev.millrace.record;

import java.util.Arrays;

/**
 * Bytes that grow at the end, for the values of one record that are laid out before the record is.
 * What was written stays where it is in the array that {@link #array()} gave: a larger array is a
 * copy.
 */
final class Scratch {
  private byte[] array = new byte[256];
  private int length;

  void clear() {
    length = 0;
  }

  byte[] array() {
    return array;
  }

  int length() {
    return length;
  }

  /** Makes room for so many zeros at the end, and tells where they start. */
  int append(int bytes) {
    int at = length;
    if (at + bytes > array.length) {
      array = Arrays.copyOf(array, Math.max(2 * array.length, at + bytes));
    }
    length += bytes;
    Arrays.fill(array, at, length, (byte) 0);
    return at;
  }
}
