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

  private final FileRange range;
  private final InputStream in;
  private final RawBlocks blocks;

  private RangeReader(FileRange range, InputStream in, RawBlocks blocks) {
    this.range = range;
    this.in = in;
    this.blocks = blocks;
  }

  static RangeReader open(FileRange range, CsvDialect dialect, ReadLimits limits)
      throws IOException {
    String path = range.path();
    int maxBytes = limits.recordBytes();
    try {
      InputStream in = open(range, limits);
      RawBlocks blocks =
          switch (range.format()) {
            case NDJSON ->
                new LineBlocks(in, path, range.from(), range.to(), BLOCK_BYTES, maxBytes);
            case CSV -> new FramedBlocks(in, path, new CsvFraming(dialect), BLOCK_BYTES, maxBytes);
            case JSON -> new FramedBlocks(in, path, new JsonArrayFraming(), BLOCK_BYTES, maxBytes);
            case AVRO -> new AvroBlocks(in, path, BLOCK_BYTES, maxBytes);
          };
      return new RangeReader(range, in, blocks);
    } catch (IOException e) {
      throw new IOException("Cannot read %s: %s".formatted(path, Reasons.of(e, path)), e);
    }
  }

  private static InputStream open(FileRange range, ReadLimits limits) throws IOException {
    ReadableByteChannel channel =
        FileSystems.open(FileSystems.matchNewResource(range.path(), false));
    InputStream file = new ChannelStream(channel, range.bytes());
    if (range.from() > 0) {
      ((SeekableByteChannel) channel).position(range.from() - 1);
    }
    return range.codec() == Codec.PLAIN
        ? file
        : new ExpandedStream(
            range.codec().decode(file, range.path()), range.file().bytes(), limits.expansion());
  }

  /**
   * The next block; null at the end of the range, where the file must still be what it was when the
   * run was launched.
   */
  RawBlock next() throws IOException {
    try {
      RawBlock block = blocks.next();
      if (block == null) {
        FileMatcher.checkUnchanged(range.file());
      }
      return block;
    } catch (IOException e) {
      String path = range.path();
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
