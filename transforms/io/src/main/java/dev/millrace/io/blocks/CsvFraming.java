package dev.millrace.io.blocks;

import dev.millrace.record.CsvDialect;
import dev.millrace.record.CsvHeader;
import dev.millrace.record.RawBlock;
import java.io.IOException;
import java.util.Arrays;

/**
 * Finds the records of a CSV file, the first of which is its header.
 *
 * <p>A record ends with {@code \n} or {@code \r\n} outside of quotes, and the last one also at the
 * end of the file, even inside of quotes. A quote opens where a field starts; anywhere else in an
 * unquoted field it is text here, and for the decoder to reject. Empty lines are no records. A byte
 * order mark at the start of the file belongs to no record.
 */
public final class CsvFraming implements Framing {
  private final CsvDialect dialect;
  private final byte delimiter;
  private final byte quote;

  /** Null until it has been read. */
  private CsvHeader header;

  private boolean found;
  private int start;
  private int end;

  /** Finds the ends of records in a dialect. */
  public CsvFraming(CsvDialect dialect) {
    this.dialect = dialect;
    delimiter = (byte) dialect.delimiter();
    quote = (byte) dialect.quote();
  }

  @Override
  public int next(byte[] buffer, int from, int to, boolean last, long offset) throws IOException {
    start = offset + from == 0 ? ByteOrderMark.skip(buffer, from, to) : from;
    int recordEnd = recordEnd(buffer, to, last);
    if (recordEnd == MORE) {
      return MORE;
    }
    boolean returned = recordEnd < to && recordEnd > start && buffer[recordEnd - 1] == '\r';
    end = returned ? recordEnd - 1 : recordEnd;
    found = end > start;
    if (found && header == null) {
      checkHeader(buffer, offset);
      header = new CsvHeader(dialect, Arrays.copyOfRange(buffer, start, end));
      found = false;
    }
    return Math.min(to, recordEnd + 1);
  }

  /** Looks for what keeps a header from ending where it should. */
  private void checkHeader(byte[] buffer, long offset) throws IOException {
    int opened = -1;
    for (int at = start; at < end; at++) {
      if (buffer[at] == quote && opened >= 0) {
        opened = -1;
      } else if (buffer[at] == quote && opens(buffer, at)) {
        opened = at;
      } else if (buffer[at] == '\r' && opened < 0) {
        throw new IOException(
            "the header has a carriage return alone at byte %s (expected lines that end with \\n or \\r\\n)"
                .formatted(offset + at));
      }
    }
    if (opened >= 0) {
      throw new IOException(
          "the header has a quote that is not closed, at byte %s".formatted(offset + opened));
    }
  }

  /** Whether a quote starts a field, or is the second of two in one. */
  private boolean opens(byte[] buffer, int at) {
    return at == start || buffer[at - 1] == delimiter || buffer[at - 1] == quote;
  }

  /** Where the newline after the record is, or the end of the file. */
  private int recordEnd(byte[] buffer, int to, boolean last) {
    int at = start;
    int newline = Newlines.find(buffer, at, to);
    int opening = opening(buffer, at, newline < 0 ? to : newline);
    while (opening >= 0) {
      at = afterQuotes(buffer, opening + 1, to);
      if (at < 0 || (at == to && !last)) {
        return last ? to : MORE;
      }
      if (newline < at) {
        newline = Newlines.find(buffer, at, to);
      }
      opening = opening(buffer, at, newline < 0 ? to : newline);
    }
    if (newline < 0) {
      return last ? to : MORE;
    }
    return newline;
  }

  /** Where the next quote is that starts a field, or -1. */
  private int opening(byte[] buffer, int from, int to) {
    int at = Newlines.find(buffer, from, to, quote);
    while (at >= 0 && at != start && buffer[at - 1] != delimiter) {
      at = Newlines.find(buffer, at + 1, to, quote);
    }
    return at;
  }

  /** What follows the quote that closes a field, or -1 if none does. */
  private int afterQuotes(byte[] buffer, int from, int to) {
    int at = Newlines.find(buffer, from, to, quote);
    while (at >= 0 && at + 1 < to && buffer[at + 1] == quote) {
      at = Newlines.find(buffer, at + 2, to, quote);
    }
    return at < 0 ? -1 : at + 1;
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
    return block.withHeader(header);
  }

  @Override
  public void finish(long length) {}
}
