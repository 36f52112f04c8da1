package dev.millrace.io.blocks;

import dev.millrace.record.RawBlock;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a whole file into blocks of records whose ends only reading from its start can tell.
 *
 * <p>A record longer than the limit fails the read: mostly it is no record, but what a missing
 * quote or bracket has run together. Its pieces could be taken for records.
 */
public final class FramedBlocks implements RawBlocks {
  private final InputStream in;
  private final String source;
  private final Framing framing;
  private final int blockBytes;
  private final int maxRecordBytes;
  private final RecordSpans spans = new RecordSpans();

  /** The bytes of the file from {@code offset} on; {@code filled} of them are there. */
  private byte[] buffer;

  private long offset;
  private int filled;
  private int wanted;
  private boolean streamEnded;
  private boolean ended;

  public FramedBlocks(
      InputStream in, String source, Framing framing, int blockBytes, int maxRecordBytes) {
    this.in = in;
    this.source = source;
    this.framing = framing;
    this.blockBytes = Math.min(blockBytes, maxRecordBytes);
    this.maxRecordBytes = maxRecordBytes;
    this.wanted = this.blockBytes;
    this.buffer = new byte[this.blockBytes];
  }

  @Override
  public RawBlock next() throws IOException {
    while (!ended) {
      fill();
      int consumed = frame();
      RawBlock block = spans.isEmpty() ? null : spans.take(source, offset, buffer);
      drop(consumed);
      ended |= streamEnded && filled == 0;
      if (block != null) {
        return framing.complete(block);
      }
    }
    framing.finish(offset + filled);
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
    wanted = blockBytes;
  }

  /** Finds the records that are whole in the buffer, and gives where the last one ends. */
  private int frame() throws IOException {
    int at = 0;
    while (at < filled) {
      int next = framing.next(buffer, at, filled, streamEnded, offset);
      if (next == Framing.MORE) {
        ended = streamEnded;
        wanted = at == 0 && !ended ? more() : Math.max(blockBytes, filled - at);
        return at;
      }
      if (framing.found()) {
        spans.add(framing.start(), framing.end());
      }
      at = next;
    }
    return at;
  }

  /** How large the buffer has to be for the record that fills it. */
  private int more() throws IOException {
    if (filled >= maxRecordBytes) {
      throw new IOException(
          "the record at byte %s is longer than %s bytes".formatted(offset, maxRecordBytes));
    }
    return (int) Math.min(maxRecordBytes, 2L * filled);
  }

  private void drop(int consumed) {
    System.arraycopy(buffer, consumed, buffer, 0, filled - consumed);
    filled -= consumed;
    offset += consumed;
  }
}
