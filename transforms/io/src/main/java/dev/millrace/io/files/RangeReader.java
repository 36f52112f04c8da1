package dev.millrace.io.files;

import dev.millrace.io.Reasons;
import dev.millrace.io.blocks.AvroBlocks;
import dev.millrace.io.blocks.ChannelStream;
import dev.millrace.io.blocks.CsvFraming;
import dev.millrace.io.blocks.FramedBlocks;
import dev.millrace.io.blocks.JsonArrayFraming;
import dev.millrace.io.blocks.LineBlocks;
import dev.millrace.io.blocks.ParquetBlocks;
import dev.millrace.io.blocks.RawBlocks;
import dev.millrace.io.codec.Codec;
import dev.millrace.io.files.FileSet.MatchedFile;
import dev.millrace.record.CsvDialect;
import dev.millrace.record.RawBlock;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Locale;
import org.apache.beam.sdk.io.FileSystems;

/** Reads one range of a file as blocks of records. */
final class RangeReader implements Closeable {
  /** Large enough that the cost of a block is nothing to that of its records. */
  private static final int BLOCK_BYTES = 128 << 10;

  /** Room for most lines; one that is longer is read in more than one go. */
  private static final int LINE_BYTES = 4 << 10;

  private final FileRange range;
  private final Closeable file;
  private final RawBlocks blocks;

  private RangeReader(FileRange range, Closeable file, RawBlocks blocks) {
    this.range = range;
    this.file = file;
    this.blocks = blocks;
  }

  static RangeReader open(FileRange range, CsvDialect dialect, ReadLimits limits)
      throws IOException {
    return open(range, dialect, limits, BLOCK_BYTES);
  }

  /** Reads the one line that starts at a byte of a plain file; its bytes are not counted again. */
  static RangeReader openLine(MatchedFile file, long offset, ReadLimits limits) throws IOException {
    FileRange line = new FileRange(file, FileFormat.NDJSON, offset, offset + 1, 0);
    return open(line, CsvDialect.RFC_4180, limits, LINE_BYTES);
  }

  private static RangeReader open(
      FileRange range, CsvDialect dialect, ReadLimits limits, int blockBytes) throws IOException {
    String path = range.path();
    try {
      if (range.format() == FileFormat.PARQUET) {
        ParquetBlocks blocks = parquet(range, limits);
        return new RangeReader(range, blocks, blocks);
      }
      InputStream in = open(range, limits);
      return new RangeReader(
          range, in, blocks(range, in, dialect, limits.recordBytes(), blockBytes));
    } catch (IOException e) {
      throw new IOException("Cannot read %s: %s".formatted(path, Reasons.of(e, path)), e);
    }
  }

  private static RawBlocks blocks(
      FileRange range, InputStream in, CsvDialect dialect, int max, int blockBytes) {
    String path = range.path();
    return switch (range.format()) {
      case NDJSON -> new LineBlocks(in, path, range.from(), range.to(), blockBytes, max);
      case CSV -> new FramedBlocks(in, path, new CsvFraming(dialect), blockBytes, max);
      case JSON -> new FramedBlocks(in, path, new JsonArrayFraming(), blockBytes, max);
      case AVRO -> new AvroBlocks(in, path, blockBytes, max);
      case PARQUET ->
          throw new IllegalArgumentException("Cannot stream " + path + ": it is Parquet");
    };
  }

  /** A Parquet file is read from its end, which a stream has no way to. */
  private static ParquetBlocks parquet(FileRange range, ReadLimits limits) throws IOException {
    if (range.codec() != Codec.PLAIN) {
      throw new IOException(
          "it is compressed as a whole, by %s (expected a Parquet file as it is: its pages are"
                  .formatted(range.codec().name().toLowerCase(Locale.ROOT))
              + " compressed)");
    }
    SeekableByteChannel channel =
        (SeekableByteChannel) FileSystems.open(FileSystems.matchNewResource(range.path(), false));
    return new ParquetBlocks(
        channel, range.bytes(), range.path(), BLOCK_BYTES, limits.recordBytes());
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
            range.codec().decode(file, range.path()), range.file().bytes(), limits);
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
    file.close();
  }
}
