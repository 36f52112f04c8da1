package dev.millrace.io.kafka;

import dev.millrace.record.RawBlock;
import java.io.Serializable;
import java.time.Clock;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Slices of the partitions of a topic as a Beam source, which runners read in parts. A consumer of
 * its own and not KafkaIO: see DECISIONS.md.
 */
final class SliceSource extends BoundedSource<RawBlock> {
  private static final long serialVersionUID = 1L;

  /** What a message is taken to have, to compare sources by: nobody knows before it is read. */
  private static final long MESSAGE_BYTES = 256;

  /** A part is no smaller: below, opening a consumer shows. */
  private static final long MIN_PART = 20_000;

  /** A part is no larger: on the DirectRunner, it is one bundle, in memory. */
  private static final long MAX_PART = 200_000;

  /**
   * What is read, and how.
   *
   * @param topicId the topic of the launch, whatever else may come to have its name
   */
  record Config(Topic topic, String topicId, ValueFormat format, Clock clock)
      implements Serializable {}

  private final Config config;
  private final List<OffsetSlice> slices;

  SliceSource(Config config, List<OffsetSlice> slices) {
    this.config = config;
    this.slices = slices.stream().filter(slice -> !slice.isEmpty()).toList();
  }

  Config config() {
    return config;
  }

  List<OffsetSlice> slices() {
    return slices;
  }

  /** A part is of one partition; nothing is one part. */
  @Override
  public List<SliceSource> split(long desiredBytes, PipelineOptions options) {
    long part = Math.max(MIN_PART, Math.min(MAX_PART, desiredBytes / MESSAGE_BYTES));
    return slices.isEmpty()
        ? List.of(this)
        : slices.stream()
            .flatMap(slice -> slice.cut(part).stream())
            .map(slice -> new SliceSource(config, List.of(slice)))
            .toList();
  }

  @Override
  public long getEstimatedSizeBytes(PipelineOptions options) {
    return MESSAGE_BYTES * slices.stream().mapToLong(OffsetSlice::size).sum();
  }

  @Override
  public Coder<RawBlock> getOutputCoder() {
    return RawBlock.BlockCoder.of();
  }

  @Override
  public BoundedReader<RawBlock> createReader(PipelineOptions options) {
    return new SliceReader(this);
  }

  @Override
  public String toString() {
    return "topic %s: %s".formatted(config.topic(), slices);
  }
}
