package dev.millrace.io.blocks;

import dev.millrace.record.RawBlock;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream into blocks of whole lines.
 *
 * <p>A line ends with {@code \n} or {@code \r\n}, or at the end of the stream; lines of nothing but
 * white space are no records. Of a range, those lines are read that start in it.
 *
 * <p>A line longer than the limit comes in pieces of that length, each in a block of its own that
 * says so: no byte is lost, the memory is bounded, and what decodes them rejects them. One of more
 * than {@link #MAX_PIECES} fails the read: it is no file of lines, and may have no end.
 */
public final class LineBlocks implements RawBlocks {
  /** So many are held in memory, by what gathers what was rejected. */
  static final int MAX_PIECES = 8;

  /** What may follow the text of a line. */
  private static final int LINE_END_BYTES = 2;

  private final InputStream in;
  private final String source;
  private final long rangeEnd;
  private final int blockBytes;
  private final int maxLineBytes;

  /** The bytes of the stream from {@code offset} on; {@code filled} of them are there. */
  private byte[] buffer;

  private long offset;
  private int filled;
  private int wanted;
  private boolean streamEnded;
  private boolean rangeEnded;
  private boolean skipping;

  /** How many pieces have been taken of the line that the buffer starts in. */
  private int pieces;

  /** Whether what is taken next is one. */
  private boolean inPiece;

  private final RecordSpans lines = new RecordSpans();

  /**
   * Blocks of the lines that start in {@code [offset, rangeEnd)}.
   *
   * @param in the stream, which starts at {@code offset}, or one byte earlier if that is not the
   *     start of the file: only a newline there tells that a line starts at the offset
   * @param blockBytes about how large a block is to be
   */
  public LineBlocks(
      InputStream in, String source, long offset, long rangeEnd, int blockBytes, int maxLineBytes) {
    this.in = in;
    this.source = source;
    this.skipping = offset > 0;
    this.offset = skipping ? offset - 1 : 0;
    this.rangeEnd = rangeEnd;
    this.blockBytes = Math.min(blockBytes, maxLineBytes);
    this.maxLineBytes = maxLineBytes;
    this.wanted = this.blockBytes;
    this.buffer = new byte[this.blockBytes];
  }

  /** The next block, of at least one line; null at the end of the stream or range. */
  @Override
  public RawBlock next() throws IOException {
    while (!rangeEnded) {
      fill();
      int consumed = skipping ? skipLine() : scan();
      RawBlock block = lines.isEmpty() ? null : take();
      drop(consumed);
      rangeEnded |= (streamEnded && filled == 0) || (skipping && offset >= rangeEnd);
      if (block != null) {
        return block;
      }
    }
    return null;
  }

  private void fill() throws IOException {
    if (buffer.length < wanted) {
      buffer = Arrays.copyOf(buffer, wanted);
    }
    while (filled < wanted && !streamEnded) {
      int read = in.read(buffer, filled, wanted - filled);
      streamEnded = read < 0;
      filled += Math.max(0, read);
    }
  }

  /** Passes over the rest of a line that starts before the range. */
  private int skipLine() {
    int newline = Newlines.find(buffer, 0, filled);
    skipping = newline < 0 && !streamEnded;
    return newline < 0 ? filled : newline + 1;
  }

  /** Finds the lines that are whole in the buffer, and gives where the last one ends. */
  private int scan() throws IOException {
    int start = 0;
    while (start < filled) {
      if (offset + start >= rangeEnd && pieces == 0) {
        rangeEnded = true;
        break;
      }
      int newline = Newlines.find(buffer, start, filled);
      if (newline < 0 && !streamEnded && filled - start < maxLineBytes + LINE_END_BYTES) {
        return start == 0 ? grow() : start;
      }
      int textEnd = textEnd(start, newline);
      boolean tooLong = textEnd - start > maxLineBytes;
      if (tooLong || pieces > 0) {
        return start > 0 ? start : tooLong ? cut() : endLongLine(textEnd, newline);
      }
      if (!isBlank(start, textEnd)) {
        lines.add(start, textEnd);
      }
      start = newline < 0 ? filled : newline + 1;
    }
    return start;
  }

  private int textEnd(int start, int newline) {
    if (newline < 0) {
      return filled;
    }
    return newline > start && buffer[newline - 1] == '\r' ? newline - 1 : newline;
  }

  /** One line fills the buffer: makes room for more of it. */
  private int grow() {
    wanted = (int) Math.min(maxLineBytes + LINE_END_BYTES, 2L * filled);
    return 0;
  }

  /** Takes a piece of the line that the buffer starts with. */
  private int cut() throws IOException {
    if (pieces == MAX_PIECES) {
      throw new IOException(
          "the line at byte %s is longer than %s bytes"
              .formatted(offset - (long) pieces * maxLineBytes, (long) pieces * maxLineBytes));
    }
    pieces++;
    inPiece = true;
    lines.add(0, maxLineBytes);
    return maxLineBytes;
  }

  private int endLongLine(int textEnd, int newline) {
    pieces = 0;
    inPiece = true;
    lines.add(0, textEnd);
    return newline < 0 ? filled : newline + 1;
  }

  private boolean isBlank(int start, int end) {
    int at = start;
    while (at < end && buffer[at] >= 0 && buffer[at] <= ' ') {
      at++;
    }
    return at == end;
  }

  private RawBlock take() {
    wanted = blockBytes;
    RawBlock block = lines.take(source, offset, buffer);
    boolean piece = inPiece;
    inPiece = false;
    return piece ? block.asPiece() : block;
  }

  private void drop(int consumed) {
    System.arraycopy(buffer, consumed, buffer, 0, filled - consumed);
    filled -= consumed;
    offset += consumed;
    wanted = Math.max(wanted, Math.min(maxLineBytes + LINE_END_BYTES, filled));
  }
}
