package dev.millrace.io;

import dev.millrace.record.CsvDialect;
import dev.millrace.record.RawBlock;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import org.apache.beam.sdk.io.FileSystems;

/** Reads one range of a file as blocks of records. */
final class RangeReader implements Closeable {
  /** Large enough that the cost of a block is nothing to that of its records. */
  private static final int BLOCK_BYTES = 128 << 10;

  private final String path;
  private final InputStream in;
  private final RawBlocks blocks;

  private RangeReader(String path, InputStream in, RawBlocks blocks) {
    this.path = path;
    this.in = in;
    this.blocks = blocks;
  }

  static RangeReader open(FileRange range, CsvDialect dialect, int maxBytes) throws IOException {
    String path = range.path();
    try {
      ReadableByteChannel channel = FileSystems.open(FileSystems.matchNewResource(path, false));
      InputStream in = range.codec().decode(new ChannelStream(channel, range.bytes()), path);
      if (range.from() > 0) {
        ((SeekableByteChannel) channel).position(range.from() - 1);
      }
      RawBlocks blocks =
          switch (range.format()) {
            case NDJSON ->
                new LineBlocks(in, path, range.from(), range.to(), BLOCK_BYTES, maxBytes);
            case CSV -> new FramedBlocks(in, path, new CsvFraming(dialect), BLOCK_BYTES, maxBytes);
            case JSON -> new FramedBlocks(in, path, new JsonArrayFraming(), BLOCK_BYTES, maxBytes);
          };
      return new RangeReader(path, in, blocks);
    } catch (IOException e) {
      throw new IOException("Cannot read %s: %s".formatted(path, Reasons.of(e, path)), e);
    }
  }

  /** The next block; null at the end of the range. */
  RawBlock next() throws IOException {
    try {
      return blocks.next();
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).startsWith("Cannot read ")) {
        throw e;
      }
      throw new IOException("Cannot read %s: %s".formatted(path, Reasons.of(e, path)), e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
