package dev.millrace.io.kafka;

import dev.millrace.io.Compression;
import dev.millrace.record.Disposition;
import dev.millrace.record.Rejected;
import dev.millrace.record.Tally;
import java.util.Map;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Writes rejected records to a topic of Kafka: their bytes untouched, with the key and the headers
 * that they had if they were messages, and why they were rejected in further headers. Bounded or
 * unbounded; delivery, failures, cost and the output are as those of {@link WriteKafka}.
 *
 * <p>Headers are text: {@code millrace.id} is the same for the same failure of the same bytes;
 * {@code millrace.stage}, {@code .reason}, {@code .rule}, {@code .message} and {@code .path} are of
 * the first violation, {@code .violations} is how many there are; {@code .source} and {@code
 * .offset} say where it was read, {@code .eventTime} when it happened, if that is known. The
 * {@linkplain #withContext context} follows. A message keeps its timestamp; what was none has that
 * time, if it is known.
 */
public final class WriteDeadLetters
    extends PTransform<PCollection<Rejected>, PCollection<KV<Tally, Long>>> {
  private static final long serialVersionUID = 1L;

  private final SinkConfig config;

  private WriteDeadLetters(SinkConfig config) {
    this.config = config;
  }

  /** Writes to a topic, at least once, compressed with Zstandard. */
  public static WriteDeadLetters to(KafkaConnection connection, String topic) {
    return new WriteDeadLetters(SinkConfig.to(connection, topic));
  }

  /**
   * What rejected the records, such as {@code contract}, {@code pipeline} and {@code runId}: it is
   * the same for all of a run, and goes into headers, after {@code millrace.}.
   */
  public WriteDeadLetters withContext(Map<String, String> context) {
    return new WriteDeadLetters(config.withHeaders(context));
  }

  /** How messages are compressed. */
  public WriteDeadLetters withCompression(Compression compression) {
    return new WriteDeadLetters(config.withCompression(compression));
  }

  /** Writes each record once: see {@link WriteKafka#withExactlyOnce}. */
  public WriteDeadLetters withExactlyOnce(String sinkId) {
    return new WriteDeadLetters(config.withExactlyOnce(sinkId));
  }

  /** How many transactions there are at a time: see {@link WriteKafka#withShards}. */
  public WriteDeadLetters withShards(int shards) {
    return new WriteDeadLetters(config.withShards(shards));
  }

  @Override
  public PCollection<KV<Tally, Long>> expand(PCollection<Rejected> rejected) {
    DeadLetterEncoder encoder = new DeadLetterEncoder(config.headers());
    return rejected.apply("Deliver", new DeliverMessages<>(config, encoder, Disposition.REJECTED));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    config.populateDisplayData(builder);
  }
}
