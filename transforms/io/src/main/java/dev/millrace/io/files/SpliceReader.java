package dev.millrace.io.files;

import dev.millrace.record.RawBlock;
import dev.millrace.record.RunMetrics;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.UnboundedSource.UnboundedReader;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;

/** Reads the files of a splice one after the other, then opens a reader of what goes on. */
final class SpliceReader<M extends UnboundedSource.CheckpointMark>
    extends UnboundedReader<RawBlock> {
  private final SpliceSource<M> source;
  private final PipelineOptions options;
  private final List<FileRange> files;

  /** The file that is read, and how many of its blocks were given out. */
  private int file;

  private long blocks;
  private RangeReader open;

  /** That of the files. */
  private long watermark;

  /** Null until all files are read. */
  private UnboundedReader<RawBlock> live;

  private RawBlock current;
  private Instant currentTime;

  /** A reader from where a mark says. */
  SpliceReader(SpliceSource<M> source, PipelineOptions options, SpliceMark<M> mark)
      throws IOException {
    this.source = source;
    this.options = options;
    this.files = source.files().ranges();
    this.file = mark.file();
    this.blocks = mark.blocks();
    this.watermark = mark.watermarkMillis();
    this.live = mark.live() == null ? null : source.live().createReader(options, mark.live());
  }

  @Override
  public boolean start() throws IOException {
    if (live != null) {
      return took(live.start());
    }
    if (blocks > 0) {
      open = open(files.get(file));
      for (long given = 0; given < blocks; given++) {
        open.next();
      }
    }
    return advance();
  }

  @Override
  public boolean advance() throws IOException {
    if (live != null) {
      return took(live.advance());
    }
    RawBlock next = next();
    if (next == null) {
      // Only now: how long nothing came is counted from here.
      live = source.live().createReader(options, null);
      return took(live.start());
    }
    blocks++;
    current = next;
    currentTime = getWatermark();
    advance(source.times().latest().apply(next));
    RunMetrics.watermark().set(watermark);
    return true;
  }

  /** The next block of the files; null if all were given out. */
  private RawBlock next() throws IOException {
    while (file < files.size()) {
      if (open == null) {
        open = open(files.get(file));
      }
      RawBlock block = open.next();
      if (block != null) {
        return block;
      }
      closeFile();
      file++;
      blocks = 0;
    }
    return null;
  }

  /** At the end it is compared again, but that may be much later. */
  private RangeReader open(FileRange range) throws IOException {
    FileMatcher.checkUnchanged(range.file());
    return source.files().open(range);
  }

  /** What goes on has nothing to say of earlier times, but may of later ones. */
  private void advance(Instant latest) {
    if (latest.isAfter(BoundedWindow.TIMESTAMP_MIN_VALUE)) {
      long complete = Math.min(latest.getMillis(), source.from().getMillis());
      watermark = Math.max(watermark, complete - source.times().maxOutOfOrderness().toMillis());
    }
  }

  private boolean took(boolean more) {
    RunMetrics.watermark().set(getWatermark().getMillis());
    current = more ? live.getCurrent() : null;
    currentTime = more ? notBeforeFiles(live.getCurrentTimestamp()) : null;
    return more;
  }

  private Instant notBeforeFiles(Instant time) {
    return Instant.ofEpochMilli(Math.max(watermark, time.getMillis()));
  }

  @Override
  public RawBlock getCurrent() {
    if (current == null) {
      throw new NoSuchElementException("Cannot read a block: there is none now");
    }
    return current;
  }

  @Override
  public Instant getCurrentTimestamp() {
    if (current == null) {
      throw new NoSuchElementException("Cannot read a timestamp: there is no block now");
    }
    return currentTime;
  }

  @Override
  public Instant getWatermark() {
    return live == null ? Instant.ofEpochMilli(watermark) : notBeforeFiles(live.getWatermark());
  }

  /** The cast is what the reader's own source says. */
  @Override
  @SuppressWarnings("unchecked")
  public SpliceMark<M> getCheckpointMark() {
    M mark = live == null ? null : (M) live.getCheckpointMark();
    return new SpliceMark<>(file, blocks, watermark, mark);
  }

  @Override
  public long getSplitBacklogBytes() {
    return live == null
        ? files.subList(file, files.size()).stream().mapToLong(FileRange::bytes).sum()
        : live.getSplitBacklogBytes();
  }

  @Override
  public SpliceSource<M> getCurrentSource() {
    return source;
  }

  @Override
  public void close() throws IOException {
    closeFile();
    if (live != null) {
      live.close();
    }
  }

  private void closeFile() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
