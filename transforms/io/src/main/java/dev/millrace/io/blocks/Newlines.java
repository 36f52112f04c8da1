package dev.millrace.io.blocks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds line ends, or another byte, eight bytes at a time. */
final class Newlines {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Newlines() {}

  /** Where the first newline of {@code bytes[from, to)} is, or -1 without one. */
  static int find(byte[] bytes, int from, int to) {
    return find(bytes, from, to, (byte) '\n');
  }

  /** Where a byte of ASCII is first in {@code bytes[from, to)}, or -1 if it is not there. */
  static int find(byte[] bytes, int from, int to, byte wanted) {
    long pattern = wanted * ONES;
    int at = from;
    for (; at <= to - 8; at += 8) {
      long word = (long) LONGS.get(bytes, at) ^ pattern;
      // The lowest high bit is exact: a byte is falsely marked only above a true zero byte.
      long zeros = (word - ONES) & ~word & HIGH_BITS;
      if (zeros != 0) {
        return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    for (; at < to; at++) {
      if (bytes[at] == wanted) {
        return at;
      }
    }
    return -1;
  }
}
