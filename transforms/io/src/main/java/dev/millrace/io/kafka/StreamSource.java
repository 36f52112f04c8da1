package dev.millrace.io.kafka;

import dev.millrace.record.RawBlock;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.joda.time.Instant;

/**
 * A topic that goes on, as a Beam source. It is split into shares: the share of a partition follows
 * from its number, so that one that appears later has its reader, too. A consumer of its own and
 * not KafkaIO: see DECISIONS.md.
 */
final class StreamSource extends UnboundedSource<RawBlock, StreamMark> {
  private static final long serialVersionUID = 1L;

  /**
   * What is configured, and travels to the reader.
   *
   * @param topicId the topic of the launch, whatever else may come to have its name
   * @param untilIdle after how long without a message to end; null for never
   */
  record Config(
      Topic topic,
      String topicId,
      ValueFormat format,
      EventTimes times,
      Duration untilIdle,
      Clock clock)
      implements Serializable {}

  /**
   * What moves the watermark.
   *
   * @param latest the latest event time of a block
   * @param idleness after how long a partition without messages is not waited for any more
   */
  record EventTimes(
      SerializableFunction<RawBlock, Instant> latest,
      Duration maxOutOfOrderness,
      Duration maxClockSkew,
      Duration idleness)
      implements Serializable {}

  /** One of so many shares of the partitions. */
  record Share(int index, int of) implements Serializable {
    boolean has(int partition) {
      return partition % of == index;
    }
  }

  private final Config config;

  /** Where the partitions of the launch start. */
  private final SortedMap<Integer, Long> starts;

  private final Share share;

  StreamSource(Config config, Map<Integer, Long> starts) {
    this(config, new TreeMap<>(starts), new Share(0, 1));
  }

  private StreamSource(Config config, SortedMap<Integer, Long> starts, Share share) {
    this.config = config;
    this.starts = starts;
    this.share = share;
  }

  Config config() {
    return config;
  }

  SortedMap<Integer, Long> starts() {
    return starts;
  }

  Share share() {
    return share;
  }

  @Override
  public List<StreamSource> split(int desiredSplits, PipelineOptions options) {
    int shares = Math.max(1, Math.min(desiredSplits, starts.size()));
    return IntStream.range(0, shares).mapToObj(index -> part(new Share(index, shares))).toList();
  }

  private StreamSource part(Share part) {
    SortedMap<Integer, Long> own = new TreeMap<>(starts);
    own.keySet().removeIf(partition -> !part.has(partition));
    return new StreamSource(config, own, part);
  }

  @Override
  public UnboundedReader<RawBlock> createReader(PipelineOptions options, StreamMark mark) {
    return new StreamReader(this, mark);
  }

  @Override
  public Coder<StreamMark> getCheckpointMarkCoder() {
    return StreamMark.MarkCoder.of();
  }

  @Override
  public Coder<RawBlock> getOutputCoder() {
    return RawBlock.BlockCoder.of();
  }

  @Override
  public String toString() {
    return "topic %s: partitions %s".formatted(config.topic(), starts.keySet());
  }
}
