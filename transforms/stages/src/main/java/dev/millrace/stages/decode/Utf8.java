package dev.millrace.stages.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** UTF-8 as RFC 3629 and table 3-7 of the Unicode Standard have it. */
final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGHS = 0x8080808080808080L;

  private Utf8() {}

  /** Makes sure that all of a range is UTF-8. */
  static void check(byte[] in, int start, int end) throws MalformedJson {
    int at = start;
    while (at < end) {
      if (at + 8 <= end && ((long) LONGS.get(in, at) & HIGHS) == 0) {
        at += 8;
      } else {
        at = in[at] >= 0 ? at + 1 : skip(in, at, end);
      }
    }
  }

  /**
   * Skips one character of two to four bytes.
   *
   * @param at where its first byte is, which is not ASCII
   * @return where it ends
   * @throws MalformedJson if it is cut off, longer than it has to be, half of a surrogate pair or
   *     beyond U+10FFFF
   */
  static int skip(byte[] in, int at, int end) throws MalformedJson {
    int first = in[at] & 0xff;
    int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (first < 0xc2 || first > 0xf4 || at + length > end || !second(first, in[at + 1] & 0xff)) {
      throw new MalformedJson("Invalid UTF-8", at);
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((in[i] & 0xc0) != 0x80) {
        throw new MalformedJson("Invalid UTF-8", at);
      }
    }
    return at + length;
  }

  /** The second byte is where overlong forms, surrogates and too large values show. */
  private static boolean second(int first, int second) {
    return switch (first) {
      case 0xe0 -> second >= 0xa0 && second <= 0xbf;
      case 0xed -> second >= 0x80 && second <= 0x9f;
      case 0xf0 -> second >= 0x90 && second <= 0xbf;
      case 0xf4 -> second >= 0x80 && second <= 0x8f;
      default -> second >= 0x80 && second <= 0xbf;
    };
  }

  /**
   * Writes one character, which takes at most four bytes.
   *
   * @return where it ends
   */
  static int write(int codePoint, byte[] out, int at) {
    if (codePoint < 0x80) {
      out[at] = (byte) codePoint;
      return at + 1;
    }
    int length = codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    int rest = codePoint;
    for (int i = at + length - 1; i > at; i--) {
      out[i] = (byte) (0x80 | (rest & 0x3f));
      rest >>>= 6;
    }
    out[at] = (byte) ((0xf00 >> length) | rest);
    return at + length;
  }
}
