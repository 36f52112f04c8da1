package dev.millrace.io.files;

import dev.millrace.io.files.WatchSource.EventTimes;
import dev.millrace.record.RawBlock;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.joda.time.Instant;

/**
 * Files, and a source that goes on after them, as one Beam source. It isn't split: readers can't
 * tell one another that the last file was read. The files and where the other source starts are in
 * it, and so in a runner's checkpoints.
 */
final class SpliceSource<M extends UnboundedSource.CheckpointMark>
    extends UnboundedSource<RawBlock, SpliceMark<M>> {
  private static final long serialVersionUID = 1L;

  private final FileSource files;
  private final EventTimes times;
  private final Instant from;
  private final UnboundedSource<RawBlock, M> live;

  SpliceSource(
      FileSource files, EventTimes times, Instant from, UnboundedSource<RawBlock, M> live) {
    this.files = files;
    this.times = times;
    this.from = from;
    this.live = live;
  }

  FileSource files() {
    return files;
  }

  EventTimes times() {
    return times;
  }

  Instant from() {
    return from;
  }

  UnboundedSource<RawBlock, M> live() {
    return live;
  }

  @Override
  public List<SpliceSource<M>> split(int desiredSplits, PipelineOptions options) {
    return List.of(this);
  }

  @Override
  public UnboundedReader<RawBlock> createReader(PipelineOptions options, SpliceMark<M> mark)
      throws IOException {
    return mark == null
        ? new SpliceReader<>(this, options, SpliceMark.start())
        : new SpliceReader<>(this, options, mark);
  }

  @Override
  public Coder<SpliceMark<M>> getCheckpointMarkCoder() {
    return new SpliceMark.MarkCoder<>(live.getCheckpointMarkCoder());
  }

  @Override
  public Coder<RawBlock> getOutputCoder() {
    return RawBlock.BlockCoder.of();
  }

  @Override
  public String toString() {
    return "%s, then %s".formatted(files, live);
  }
}
