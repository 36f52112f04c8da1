package dev.millrace.io.files;

import dev.millrace.io.ReadException;
import dev.millrace.record.RawBlock;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.apache.beam.sdk.io.BoundedSource.BoundedReader;

/**
 * Reads what a {@link ReadFiles} reads, without a pipeline: the same blocks, in the order of the
 * files and of the records in them. One block is in memory at a time. Not thread-safe.
 */
public final class BlockReader implements Closeable {
  private final BoundedReader<RawBlock> reader;

  BlockReader(FileSource source) {
    this.reader = source.createReader(null);
  }

  /**
   * The next block, of at least one record; empty at the end of the last file.
   *
   * @throws ReadException if a file can't be read
   */
  public Optional<RawBlock> next() {
    try {
      return reader.advance() ? Optional.of(reader.getCurrent()) : Optional.empty();
    } catch (IOException e) {
      throw new ReadException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new ReadException("Cannot close input: " + e.getMessage(), e);
    }
  }
}
