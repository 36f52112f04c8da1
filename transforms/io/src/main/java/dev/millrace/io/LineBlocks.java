package dev.millrace.io;

import dev.millrace.record.RawBlock;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream into blocks of whole lines.
 *
 * <p>A line ends with {@code \n} or {@code \r\n}, or at the end of the stream; lines of nothing but
 * white space are no records. Of a range, those lines are read that start in it. A line longer than
 * the limit comes in pieces of that length, each a record at its own offset: no byte is lost, the
 * memory is bounded, and what decodes them rejects them.
 */
final class LineBlocks implements RawBlocks {
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
  private boolean inLongLine;

  private final RecordSpans lines = new RecordSpans();

  /**
   * Blocks of the lines that start in {@code [offset, rangeEnd)}.
   *
   * @param in the stream, which starts at {@code offset}, or one byte earlier if that is not the
   *     start of the file: only a newline there tells that a line starts at the offset
   * @param blockBytes about how large a block is to be
   */
  LineBlocks(
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
  private int scan() {
    int start = 0;
    while (start < filled) {
      if (offset + start >= rangeEnd && !inLongLine) {
        rangeEnded = true;
        break;
      }
      int newline = Newlines.find(buffer, start, filled);
      if (newline < 0 && !streamEnded) {
        return start == 0 ? growOrCut() : start;
      }
      int end = newline < 0 ? filled : newline;
      int textEnd = newline > start && buffer[newline - 1] == '\r' ? newline - 1 : end;
      if (inLongLine ? textEnd > start : !isBlank(start, textEnd)) {
        lines.add(start, textEnd);
      }
      inLongLine = false;
      start = Math.min(filled, end + 1);
    }
    return start;
  }

  /** One line fills the buffer: makes room for more of it, or takes a piece if it is too long. */
  private int growOrCut() {
    if (filled < maxLineBytes) {
      wanted = (int) Math.min(maxLineBytes, 2L * filled);
      return 0;
    }
    lines.add(0, filled);
    inLongLine = true;
    return filled;
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
    return lines.take(source, offset, buffer);
  }

  private void drop(int consumed) {
    System.arraycopy(buffer, consumed, buffer, 0, filled - consumed);
    filled -= consumed;
    offset += consumed;
    wanted = Math.max(wanted, Math.min(maxLineBytes, filled));
  }
}
