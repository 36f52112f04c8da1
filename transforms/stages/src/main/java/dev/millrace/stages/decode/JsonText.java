package dev.millrace.stages.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads JSON strings as UTF-8. A string without escapes is a range of the input; one with escapes
 * is written to an own array, where it stays until {@link #clear()}.
 *
 * <p>Plain text is scanned eight bytes at a time, as in "SWAR" and simdjson's classification: a
 * byte stops the scan if it is a quote, a backslash, a control character or not ASCII.
 */
final class JsonText {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private byte[] unescaped = new byte[256];
  private int used;

  private byte[] array;
  private int start;
  private int length;

  /** The array that holds the string that was read last. */
  byte[] array() {
    return array;
  }

  /** Where the string starts in {@link #array()}. */
  int start() {
    return start;
  }

  /** How many bytes of UTF-8 the string has. */
  int length() {
    return length;
  }

  /** Gives up the strings read so far. */
  void clear() {
    used = 0;
  }

  /**
   * Reads a string.
   *
   * @param quote where its opening quote is
   * @return where the input goes on, after its closing quote
   */
  int read(byte[] in, int quote, int end) throws MalformedJson {
    int at = plain(in, quote + 1, end);
    array = in;
    start = quote + 1;
    length = at - start;
    return in[at] == '"' ? at + 1 : unescape(in, at, end);
  }

  @Override
  public String toString() {
    return new String(array, start, length, StandardCharsets.UTF_8);
  }

  /** Skips text up to a quote or a backslash. */
  private static int plain(byte[] in, int from, int end) throws MalformedJson {
    int at = ascii(in, from, end);
    while (at < end && in[at] < 0) {
      at = ascii(in, Utf8.skip(in, at, end), end);
    }
    if (at == end) {
      throw new MalformedJson("Expected '\"'", at);
    }
    if (in[at] < ' ') {
      throw new MalformedJson("Unescaped control character", at);
    }
    return at;
  }

  /** Skips ASCII up to a quote, a backslash or a control character. */
  private static int ascii(byte[] in, int from, int end) {
    int at = from;
    for (; at + 8 <= end; at += 8) {
      long stops = stops((long) LONGS.get(in, at));
      if (stops != 0) {
        return at + (Long.numberOfTrailingZeros(stops) >>> 3);
      }
    }
    while (at < end && in[at] >= ' ' && in[at] != '"' && in[at] != '\\') {
      at++;
    }
    return at;
  }

  /**
   * The high bit of every byte that stops a scan. A borrow can set it in a byte above one that does
   * stop, so only the lowest is to be relied on.
   */
  private static long stops(long word) {
    long quote = word ^ (ONES * '"');
    long backslash = word ^ (ONES * '\\');
    long low = ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash);
    return (low | (word - ONES * ' ') | word) & HIGHS;
  }

  private int unescape(byte[] in, int backslash, int end) throws MalformedJson {
    int first = used;
    append(in, start, backslash);
    int at = backslash;
    while (in[at] != '"') {
      int from = escape(in, at, end);
      at = plain(in, from, end);
      append(in, from, at);
    }
    array = unescaped;
    start = first;
    length = used - first;
    return at + 1;
  }

  private int escape(byte[] in, int backslash, int end) throws MalformedJson {
    int at = backslash + 1;
    if (at == end) {
      throw new MalformedJson("Expected an escape", at);
    }
    if (in[at] == 'u') {
      return unicode(in, backslash, end);
    }
    append(
        switch (in[at]) {
          case '"', '\\', '/' -> in[at];
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          default -> throw new MalformedJson("Invalid escape", backslash);
        });
    return at + 1;
  }

  /** One escape of a code unit, or two that are a surrogate pair. */
  private int unicode(byte[] in, int backslash, int end) throws MalformedJson {
    char unit = codeUnit(in, backslash, end);
    if (!Character.isSurrogate(unit)) {
      append(unit);
      return backslash + 6;
    }
    int next = backslash + 6;
    if (Character.isLowSurrogate(unit) || next >= end || in[next] != '\\') {
      throw new MalformedJson("Lone surrogate", backslash);
    }
    char low = codeUnit(in, next, end);
    if (!Character.isLowSurrogate(low)) {
      throw new MalformedJson("Lone surrogate", backslash);
    }
    append(Character.toCodePoint(unit, low));
    return next + 6;
  }

  private static char codeUnit(byte[] in, int backslash, int end) throws MalformedJson {
    if (backslash + 6 > end || in[backslash + 1] != 'u') {
      throw new MalformedJson("Invalid escape", backslash);
    }
    int unit = 0;
    for (int i = backslash + 2; i < backslash + 6; i++) {
      int digit = in[i] < 0 ? -1 : Character.digit(in[i], 16);
      if (digit < 0) {
        throw new MalformedJson("Invalid escape", backslash);
      }
      unit = (unit << 4) | digit;
    }
    return (char) unit;
  }

  private void append(int codePoint) {
    reserve(4);
    used = Utf8.write(codePoint, unescaped, used);
  }

  private void append(byte[] in, int from, int to) {
    reserve(to - from);
    System.arraycopy(in, from, unescaped, used, to - from);
    used += to - from;
  }

  /** Strings read before stay in the array that they were written to. */
  private void reserve(int bytes) {
    if (used + bytes > unescaped.length) {
      unescaped = Arrays.copyOf(unescaped, Math.max(2 * unescaped.length, used + bytes));
    }
  }
}
