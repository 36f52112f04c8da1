package dev.millrace.io.blocks;

import dev.millrace.record.RawBlock;
import java.io.EOFException;
import java.io.IOException;

/**
 * Finds the elements of a file that is one JSON array: what is between its commas, without the
 * white space around it. Only strings and brackets are looked at; an element that is no JSON, or
 * nothing at all between two commas, is a record for the decoder to reject.
 *
 * <p>Where the file itself is not an array, or the array does not end or is not the end, the file
 * is not what it was meant to be, and can't be read.
 */
public final class JsonArrayFraming implements Framing {
  /** Where in the file the next byte is. */
  private enum Place {
    BEFORE,
    FIRST,
    INSIDE,
    AFTER
  }

  private Place place = Place.BEFORE;
  private boolean found;
  private int start;
  private int end;

  @Override
  public int next(byte[] buffer, int from, int to, boolean last, long offset) throws IOException {
    found = false;
    if (place == Place.FIRST || place == Place.INSIDE) {
      return element(buffer, from, to);
    }
    int text = offset + from == 0 ? ByteOrderMark.skip(buffer, from, to) : from;
    int at = skipSpace(buffer, text, to);
    if (at == to) {
      return to;
    }
    if (place == Place.AFTER) {
      throw new IOException(
          "expected nothing after the end of the array, at byte %s".formatted(offset + at));
    }
    if (buffer[at] != '[') {
      throw new IOException(
          "expected '[' at byte %s (a file of one JSON object a line is of the format ndjson)"
              .formatted(offset + at));
    }
    place = Place.FIRST;
    return at + 1;
  }

  private int element(byte[] buffer, int from, int to) {
    int mark = mark(buffer, from, to);
    if (mark == MORE) {
      return MORE;
    }
    start = skipSpace(buffer, from, mark);
    end = mark;
    while (end > start && isSpace(buffer[end - 1])) {
      end--;
    }
    boolean closed = buffer[mark] == ']';
    found = end > start || !closed || place != Place.FIRST;
    place = closed ? Place.AFTER : Place.INSIDE;
    return mark + 1;
  }

  /** Where the comma or bracket is that ends an element. */
  private static int mark(byte[] buffer, int from, int to) {
    int depth = 0;
    for (int at = from; at < to; at++) {
      switch (buffer[at]) {
        case '"' -> at = closingQuote(buffer, at + 1, to);
        case '{', '[' -> depth++;
        case '}' -> depth = Math.max(0, depth - 1);
        case ']' -> {
          if (depth == 0) {
            return at;
          }
          depth--;
        }
        case ',' -> {
          if (depth == 0) {
            return at;
          }
        }
        default -> {}
      }
    }
    return MORE;
  }

  private static int closingQuote(byte[] buffer, int from, int to) {
    int at = from;
    while (at < to && buffer[at] != '"') {
      at += buffer[at] == '\\' ? 2 : 1;
    }
    return at;
  }

  private static int skipSpace(byte[] buffer, int from, int to) {
    int at = from;
    while (at < to && isSpace(buffer[at])) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  @Override
  public boolean found() {
    return found;
  }

  @Override
  public int start() {
    return start;
  }

  @Override
  public int end() {
    return end;
  }

  @Override
  public RawBlock complete(RawBlock block) {
    return block;
  }

  @Override
  public void finish(long length) throws IOException {
    if (place == Place.FIRST || place == Place.INSIDE) {
      throw new EOFException("the array does not end, after %s bytes".formatted(length));
    }
  }
}
