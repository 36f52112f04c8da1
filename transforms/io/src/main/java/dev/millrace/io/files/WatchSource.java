package dev.millrace.io.files;

import dev.millrace.record.CsvDialect;
import dev.millrace.record.RawBlock;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.joda.time.Instant;

/**
 * A watched folder as a Beam source. It isn't split: one reader takes the files in the order of
 * their arrival, so that the watermark says what has come before. With several, the one whose files
 * are behind, or who has none, would hold the others back or be overtaken by them.
 */
final class WatchSource extends UnboundedSource<RawBlock, WatchMark> {
  private static final long serialVersionUID = 1L;

  /** What is configured, and travels to the reader. */
  record Config(List<String> patterns, Content content, Pace pace, EventTimes times)
      implements Serializable {}

  /**
   * What is in the files.
   *
   * @param format null for what each name says
   */
  record Content(FileFormat format, CsvDialect dialect, ReadLimits limits)
      implements Serializable {}

  /**
   * When to look for files.
   *
   * @param untilIdle after how long without a file to end; null for never
   */
  record Pace(Duration pollInterval, int filesPerPoll, Duration untilIdle, Clock clock)
      implements Serializable {}

  /**
   * What moves the watermark.
   *
   * @param latest the latest event time of a block
   */
  record EventTimes(SerializableFunction<RawBlock, Instant> latest, Duration maxOutOfOrderness)
      implements Serializable {}

  private final Config config;

  WatchSource(Config config) {
    this.config = config;
  }

  @Override
  public List<WatchSource> split(int desiredSplits, PipelineOptions options) {
    return List.of(this);
  }

  @Override
  public UnboundedReader<RawBlock> createReader(PipelineOptions options, WatchMark mark) {
    return new WatchReader(this, config, mark);
  }

  @Override
  public Coder<WatchMark> getCheckpointMarkCoder() {
    return WatchMark.MarkCoder.of();
  }

  @Override
  public Coder<RawBlock> getOutputCoder() {
    return RawBlock.BlockCoder.of();
  }

  @Override
  public String toString() {
    return "files of " + String.join(",", config.patterns());
  }
}
