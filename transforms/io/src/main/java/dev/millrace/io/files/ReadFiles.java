package dev.millrace.io.files;

import dev.millrace.io.files.FileSet.MatchedFile;
import dev.millrace.record.CsvDialect;
import dev.millrace.record.RawBlock;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads text files, plain or compressed (gzip, zstd, bzip2, xz), as blocks of whole records:
 * NDJSON, CSV or a JSON array, and Avro and Parquet files, which the name of each file tells unless
 * {@link #withFormat} does. Bounded; every element is in the global window, at the minimum
 * timestamp: event times are found out by decoding.
 *
 * <p>A line ends with {@code \n} or {@code \r\n}, and the last one also at the end of the file. In
 * NDJSON, lines of nothing but white space are no records; in CSV, empty lines. The first record of
 * a CSV file is its header, which goes with each block; a record may hold line ends in quotes. The
 * elements of a JSON array are its records. The source of a record is the path of its file, its
 * offset the byte in the file, uncompressed, at which it starts.
 *
 * <p>The records of an Avro container file are its datums in Avro's binary encoding, with its
 * schema in the header of each block; all codecs of Avro are read. The rows of a Parquet file
 * become such datums, whose schema is made of the file's: optional fields as unions with null,
 * lists in any of the forms that the format has had, maps of other keys than text as arrays of
 * entries, unsigned integers as larger ones, legacy timestamps (INT96) as those of UTC. Pages may
 * be compressed by Snappy, gzip, Zstandard or LZ4_RAW. The offset of a record of both is its number
 * in the file, from 0. An Avro file is read in memory of one of its blocks, a Parquet file in that
 * of a row group as it is in the file.
 *
 * <p>Plain files of lines are read in ranges of 8 to 64 MB, as the runner asks, by as many readers
 * as it has; any other file is read by one, and if it is text in memory that does not grow with it.
 * How a file is compressed is told by its first bytes, whatever its name, and it may be several
 * streams in a row. Within a range, blocks come in the order of the file; ranges come in any order.
 *
 * <p>A line longer than {@link #withMaxLineBytes} comes in pieces of that length, each at its own
 * offset and marked as a {@linkplain RawBlock#isPiece() piece}, which decoding rejects: memory
 * stays bounded and no byte is lost. What is longer than eight pieces fails the run, and so does
 * what is longer than one in CSV or a JSON array: there a missing line end, quote or bracket has
 * run records together.
 *
 * <p>Also these fail the run: an Avro file with a block that is damaged, larger than 128 MB or of
 * other records than its schema says; a Parquet file that is compressed as a whole, encrypted or
 * damaged; a JSON array that does not end or does not end the file; a header of CSV with an
 * unclosed quote or with a carriage return that ends no line; a compressed stream that is cut off
 * or damaged, needs a window of more than 128 MB, or holds more than {@link #withMaxExpansion}
 * allows; and a file whose size or time of change, after it was read, is not what it was when its
 * {@link FileSet} was made.
 */
public final class ReadFiles extends PTransform<PBegin, PCollection<RawBlock>> {
  private static final long serialVersionUID = 1L;

  private final FileSet files;

  /** Null for what each name says. */
  private final FileFormat format;

  private final CsvDialect dialect;
  private final ReadLimits limits;

  private ReadFiles(FileSet files, FileFormat format, CsvDialect dialect, ReadLimits limits) {
    this.files = files;
    this.format = format;
    this.dialect = dialect;
    this.limits = limits;
  }

  /** Reads these files in the formats that their names say, with records of up to 16 MB. */
  public static ReadFiles of(FileSet files) {
    return new ReadFiles(files, null, CsvDialect.RFC_4180, ReadLimits.DEFAULT);
  }

  /** Reads all files in this format, whatever their names. */
  public ReadFiles withFormat(FileFormat format) {
    return new ReadFiles(files, format, dialect, limits);
  }

  /** How CSV files are written. */
  public ReadFiles withDialect(CsvDialect dialect) {
    return new ReadFiles(files, format, dialect, limits);
  }

  /** The length up to which a line, or what else is read as a record, is one. */
  public ReadFiles withMaxLineBytes(int bytes) {
    return new ReadFiles(files, format, dialect, limits.withRecordBytes(bytes));
  }

  /**
   * How many times its size a compressed file may hold, beyond 64 MB: 100 unless set. Text mostly
   * shrinks to a tenth; what holds more than a hundred times itself was mostly made to exhaust its
   * reader.
   */
  public ReadFiles withMaxExpansion(int times) {
    return new ReadFiles(files, format, dialect, limits.withExpansion(times));
  }

  /** Reads the files here and now, without a pipeline. */
  public BlockReader open() {
    return new BlockReader(source());
  }

  /**
   * Reads records again by their places, so that they need not carry their bytes: only if all files
   * are plain files of lines, since others must be read from their start.
   */
  public Optional<ReadOriginals> originals() {
    boolean all =
        files.files().stream().allMatch(file -> FileRange.isCuttable(file.codec(), formatOf(file)));
    return all ? Optional.of(new ReadOriginals(files.files(), limits)) : Optional.empty();
  }

  @Override
  public PCollection<RawBlock> expand(PBegin input) {
    if (files.paths().isEmpty()) {
      return input.apply("Read", Create.empty(RawBlock.BlockCoder.of()));
    }
    return input.apply("Read", Read.from(source())).setCoder(RawBlock.BlockCoder.of());
  }

  /** The files as a source, in their order. */
  FileSource source() {
    List<FileRange> whole =
        files.files().stream().map(file -> FileRange.of(file, formatOf(file))).toList();
    return new FileSource(whole, dialect, limits);
  }

  private FileFormat formatOf(MatchedFile file) {
    return format == null ? FileFormat.of(file.path()) : format;
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("files", files.paths().size()))
        .add(DisplayData.item("bytes", files.bytes()))
        .add(DisplayData.item("format", format == null ? "by name" : format.name()))
        .add(DisplayData.item("csvDelimiter", String.valueOf(dialect.delimiter())))
        .add(DisplayData.item("csvQuote", String.valueOf(dialect.quote())))
        .add(DisplayData.item("maxLineBytes", limits.recordBytes()))
        .add(DisplayData.item("maxExpansion", limits.expansion()));
  }
}
