package dev.millrace.stages.decode;

import dev.millrace.record.CsvDialect;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the fields of CSV as RFC 4180 has it. A field is a range of the input; one with doubled
 * quotes is written to an own array, where it stays until {@link #clear()}.
 */
final class CsvText {
  private final byte delimiter;
  private final byte quote;

  private byte[] unquoted = new byte[256];
  private int used;

  private byte[] array;
  private int start;
  private int length;
  private boolean quoted;

  CsvText(CsvDialect dialect) {
    delimiter = (byte) dialect.delimiter();
    quote = (byte) dialect.quote();
  }

  /** The array that holds the field that was read last. */
  byte[] array() {
    return array;
  }

  /** Where the field starts in {@link #array()}. */
  int start() {
    return start;
  }

  /** How many bytes the field has, without its quotes. */
  int length() {
    return length;
  }

  /** Whether there is nothing, not even quotes. */
  boolean isNull() {
    return length == 0 && !quoted;
  }

  @Override
  public String toString() {
    return new String(array, start, length, StandardCharsets.UTF_8);
  }

  /** Gives up the fields read so far. */
  void clear() {
    used = 0;
  }

  /**
   * Reads a field.
   *
   * @return where the delimiter after it is, or the end
   */
  int read(byte[] in, int from, int end) throws MalformedJson {
    quoted = from < end && in[from] == quote;
    if (quoted) {
      return quoted(in, from, end);
    }
    int at = from;
    while (at < end && in[at] != delimiter) {
      if (in[at] == quote) {
        throw new MalformedJson("Quote inside of a field that is not quoted", at);
      }
      at++;
    }
    array = in;
    start = from;
    length = at - from;
    return at;
  }

  private int quoted(byte[] in, int opening, int end) throws MalformedJson {
    int at = closing(in, opening, opening + 1, end);
    array = in;
    start = opening + 1;
    length = at - start;
    if (at + 1 < end && in[at + 1] == quote) {
      at = unquote(in, opening, at, end);
    }
    if (at + 1 < end && in[at + 1] != delimiter) {
      throw new MalformedJson("Expected a delimiter after the quotes", at + 1);
    }
    return at + 1;
  }

  /** Takes one of each two quotes, up to the one that is alone. */
  private int unquote(byte[] in, int opening, int firstDoubled, int end) throws MalformedJson {
    int first = used;
    int from = opening + 1;
    int at = firstDoubled;
    while (at + 1 < end && in[at + 1] == quote) {
      append(in, from, at + 1);
      from = at + 2;
      at = closing(in, opening, from, end);
    }
    append(in, from, at);
    array = unquoted;
    start = first;
    length = used - first;
    return at;
  }

  private int closing(byte[] in, int opening, int from, int end) throws MalformedJson {
    int at = from;
    while (at < end && in[at] != quote) {
      at++;
    }
    if (at >= end) {
      throw new MalformedJson("Unclosed quote", opening);
    }
    return at;
  }

  /** Fields read before stay in the array that they were written to. */
  private void append(byte[] in, int from, int to) {
    int bytes = to - from;
    if (used + bytes > unquoted.length) {
      unquoted = Arrays.copyOf(unquoted, Math.max(2 * unquoted.length, used + bytes));
    }
    System.arraycopy(in, from, unquoted, used, bytes);
    used += bytes;
  }
}
