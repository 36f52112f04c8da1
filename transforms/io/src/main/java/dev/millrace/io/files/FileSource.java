package dev.millrace.io.files;

import dev.millrace.record.CsvDialect;
import dev.millrace.record.RawBlock;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Ranges of files as a Beam source. A source and not a DoFn over a list of ranges, since runners
 * hand the parts of a source to whoever is free, and no shuffle comes before the records.
 */
final class FileSource extends BoundedSource<RawBlock> {
  private static final long serialVersionUID = 1L;

  /** A part is no smaller: below, the cost of a part shows. */
  private static final long MIN_PART_BYTES = 8L << 20;

  /** A part is no larger: on the DirectRunner, it is one bundle, in memory. */
  private static final long MAX_PART_BYTES = 64L << 20;

  private final List<FileRange> ranges;
  private final CsvDialect dialect;
  private final ReadLimits limits;

  /** A source of these ranges, in their order. */
  FileSource(List<FileRange> ranges, CsvDialect dialect, ReadLimits limits) {
    this.ranges = List.copyOf(ranges);
    this.dialect = dialect;
    this.limits = limits;
  }

  List<FileRange> ranges() {
    return ranges;
  }

  RangeReader open(FileRange range) throws IOException {
    return RangeReader.open(range, dialect, limits);
  }

  @Override
  public List<FileSource> split(long desiredBytes, PipelineOptions options) {
    long partBytes = Math.max(MIN_PART_BYTES, Math.min(MAX_PART_BYTES, desiredBytes));
    List<FileRange> cut = ranges.stream().flatMap(range -> range.cut(partBytes).stream()).toList();
    return FileRange.group(cut, partBytes).stream()
        .map(group -> new FileSource(group, dialect, limits))
        .toList();
  }

  @Override
  public long getEstimatedSizeBytes(PipelineOptions options) {
    return ranges.stream().mapToLong(FileRange::bytes).sum();
  }

  @Override
  public Coder<RawBlock> getOutputCoder() {
    return RawBlock.BlockCoder.of();
  }

  @Override
  public BoundedReader<RawBlock> createReader(PipelineOptions options) {
    return new Reader(this);
  }

  @Override
  public String toString() {
    FileRange first = ranges.get(0);
    return "%s from byte %s%s"
        .formatted(
            first.path(),
            first.from(),
            ranges.size() == 1 ? "" : " and %s more".formatted(ranges.size() - 1));
  }

  /** Reads the ranges one after the other. */
  private static final class Reader extends BoundedReader<RawBlock> {
    private final FileSource source;
    private int next;
    private RangeReader open;
    private RawBlock current;

    private Reader(FileSource source) {
      this.source = source;
    }

    @Override
    public boolean start() throws IOException {
      return advance();
    }

    @Override
    public boolean advance() throws IOException {
      current = null;
      while (current == null && (open != null || next < source.ranges.size())) {
        if (open == null) {
          open = source.open(source.ranges.get(next++));
        }
        current = open.next();
        if (current == null) {
          close();
        }
      }
      return current != null;
    }

    @Override
    public RawBlock getCurrent() {
      return current;
    }

    @Override
    public void close() throws IOException {
      if (open != null) {
        open.close();
        open = null;
      }
    }

    @Override
    public BoundedSource<RawBlock> getCurrentSource() {
      return source;
    }
  }
}
