package dev.millrace.io;

import dev.millrace.record.RawBlock;
import java.util.List;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads text files, plain or compressed (gzip, zstd, bzip2, xz), as blocks of whole lines. Bounded;
 * every element is in the global window, at the minimum timestamp: event times are found out by
 * decoding.
 *
 * <p>A line ends with {@code \n} or {@code \r\n}, and the last one also at the end of the file.
 * Lines of nothing but white space are no records. The source of a record is the path of its file,
 * its offset the byte in the file, uncompressed, at which its line starts.
 *
 * <p>Plain files are read in ranges of 8 to 64 MB, as the runner asks, by as many readers as it
 * has; a compressed file is read by one. How a file is compressed is told by its first bytes,
 * whatever its name, and it may be several streams in a row. Within a range, blocks come in the
 * order of the file; ranges come in any order.
 *
 * <p>A line longer than {@link #withMaxLineBytes} comes in pieces of that length, each a record at
 * its own offset: memory stays bounded and no byte is lost, since decoding rejects what is not a
 * whole record. A file that ends in the middle of a compressed stream, is damaged, or needs a
 * window of more than 128 MB to be read, fails the run.
 */
public final class ReadFiles extends PTransform<PBegin, PCollection<RawBlock>> {
  private static final long serialVersionUID = 1L;
  private static final int DEFAULT_MAX_LINE_BYTES = 16 << 20;

  private final FileSet files;
  private final int maxLineBytes;

  private ReadFiles(FileSet files, int maxLineBytes) {
    this.files = files;
    this.maxLineBytes = maxLineBytes;
  }

  /** Reads these files, with lines of up to 16 MB. */
  public static ReadFiles of(FileSet files) {
    return new ReadFiles(files, DEFAULT_MAX_LINE_BYTES);
  }

  /** The length up to which a line is one record. */
  public ReadFiles withMaxLineBytes(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException(
          "Invalid maxLineBytes: %d (expected at least 1)".formatted(bytes));
    }
    return new ReadFiles(files, bytes);
  }

  @Override
  public PCollection<RawBlock> expand(PBegin input) {
    List<FileRange> whole = files.files().stream().map(FileRange::of).toList();
    return input
        .apply("Read", Read.from(new FileSource(whole, maxLineBytes)))
        .setCoder(RawBlock.BlockCoder.of());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("files", files.paths().size()))
        .add(DisplayData.item("bytes", files.bytes()))
        .add(DisplayData.item("maxLineBytes", maxLineBytes));
  }
}
