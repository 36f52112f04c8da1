package dev.millrace.benchmarks.expert;

import java.nio.charset.StandardCharsets;

/**
 * A place in a line that moves on while the line is what it is expected to be. Once it isn't,
 * {@link #failed} stays true, and nothing moves any more.
 */
final class Scan {
  private static final double[] POWERS = {1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_DIGITS = 15; // as many as a double has for certain

  private byte[] bytes;
  private int at;
  private int end;
  private boolean failed;

  void start(byte[] line, int from, int to) {
    bytes = line;
    at = from;
    end = to;
    failed = false;
  }

  boolean failed() {
    return failed;
  }

  /** Whether the whole line was as expected. */
  boolean completed() {
    return !failed && at == end;
  }

  void fail() {
    failed = true;
    at = end;
  }

  /** Moves behind these bytes. */
  void expect(byte[] text) {
    if (!skip(text)) {
      fail();
    }
  }

  private boolean skip(byte[] text) {
    if (end - at < text.length) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      if (bytes[at + i] != text[i]) {
        return false;
      }
    }
    at += text.length;
    return true;
  }

  boolean isNull() {
    return skip(NULL);
  }

  boolean bool() {
    if (skip(TRUE)) {
      return true;
    }
    expect(FALSE);
    return false;
  }

  /**
   * Appends a string of so many bytes to a row and returns how many they are. Escapes other than of
   * quotes, slashes and backslashes, and what is not ASCII where the length is near its limit,
   * fail.
   */
  int text(EventRow row, int min, int max) {
    if (at == end || bytes[at] != '"') {
      fail();
      return 0;
    }
    int start = at + 1;
    int close = plainEnd(start);
    row.reserve(end - at);
    int length = close - start;
    System.arraycopy(bytes, start, row.bytes, row.size, length);
    at = close;
    if (at < end && bytes[at] == '\\') {
      length = unescape(row, length);
    }
    if (at == end || bytes[at] != '"' || length < min || length > max) {
      fail();
      return 0;
    }
    at++;
    row.size += length;
    return length;
  }

  /** The first quote, backslash or control character. */
  private int plainEnd(int from) {
    int i = from;
    while (i < end) {
      byte next = bytes[i];
      if (next == '"' || next == '\\' || isControl(next)) {
        return i;
      }
      i++;
    }
    return i;
  }

  private int unescape(EventRow row, int copied) {
    int length = copied;
    while (at < end && bytes[at] != '"') {
      byte next = bytes[at++];
      if (next == '\\') {
        next = at < end ? bytes[at++] : 0;
        if (next != '"' && next != '/' && next != '\\') {
          fail();
          return 0;
        }
      } else if (isControl(next)) {
        fail();
        return 0;
      }
      row.bytes[row.size + length++] = next;
    }
    return length;
  }

  /** A whole number that is not negative. */
  long whole() {
    int start = at;
    long number = digits();
    if (at == start || at - start > MAX_DIGITS || (bytes[start] == '0' && at - start > 1)) {
      fail();
    }
    return number;
  }

  /** A number that is not negative, without an exponent. */
  double decimal() {
    int start = at;
    long number = whole();
    if (failed || at == end || bytes[at] != '.') {
      return number;
    }
    at++;
    int point = at;
    while (at < end && isDigit(bytes[at])) {
      number = 10 * number + bytes[at++] - '0';
    }
    int places = at - point;
    if (places == 0 || places >= POWERS.length || at - start - 1 > MAX_DIGITS) {
      fail();
      return 0;
    }
    return number / POWERS[places];
  }

  private long digits() {
    long number = 0;
    while (at < end && isDigit(bytes[at])) {
      number = 10 * number + bytes[at++] - '0';
    }
    return number;
  }

  private static boolean isControl(byte utf8) {
    return utf8 >= 0 && utf8 < ' ';
  }

  private static boolean isDigit(byte ascii) {
    return ascii >= '0' && ascii <= '9';
  }

  /** So many digits. */
  int digits(int count) {
    if (end - at < count) {
      fail();
      return 0;
    }
    int number = 0;
    for (int i = 0; i < count; i++) {
      byte next = bytes[at + i];
      if (!isDigit(next)) {
        fail();
        return 0;
      }
      number = 10 * number + next - '0';
    }
    at += count;
    return number;
  }

  void expect(char ascii) {
    if (at == end || bytes[at] != ascii) {
      fail();
    } else {
      at++;
    }
  }
}
