package dev.millrace.io.kafka;

import dev.millrace.io.Compression;
import dev.millrace.record.Disposition;
import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.Tally;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Writes records to a topic of Kafka: a message each, whose value is the record as a line of NDJSON
 * has it (see {@link dev.millrace.io.table.WriteTable}). Bounded or unbounded; windows and
 * timestamps of the input don't matter. The output is how many records are in the topic: parts, a
 * bundle's each, to be added up, in the global window at its end.
 *
 * <p>A record that came as a message, and was decoded with {@code keepingEnvelopes()} or {@code
 * keepingOriginals()}, goes on with the key, headers and timestamp of that. Any other has no key,
 * and its event time as its timestamp; what happened before 1970, which Kafka doesn't know, has
 * 1970. Topics delete by timestamp: their {@code retention.ms} must reach back to the oldest, or be
 * -1.
 *
 * <p><b>Delivery.</b> {@link Delivery#AT_LEAST_ONCE} unless asked for {@linkplain #withExactlyOnce
 * otherwise}. Exactly once is for unbounded records on a runner that makes checkpoints and keeps
 * the order between steps, as Flink does and the DirectRunner doesn't: a message waits for the next
 * checkpoint, and readers of committed messages see those of a checkpoint together, a shard at a
 * time. A run that goes on after a failure, from a checkpoint or a savepoint, finds in the broker
 * how far each shard is and leaves out what is there. Its parallelism may change only at a
 * savepoint that stopped it. A run that starts anew has no claim to what is there: it needs a sink
 * id of its own. What the broker knows and what the run has are compared; if they disagree, the run
 * fails and loses nothing.
 *
 * <p><b>Order.</b> Messages of a key are in one partition, in the order in which they came; exactly
 * once also across failures.
 *
 * <p><b>Failures.</b> The topic must be there; that is checked when the pipeline is built. Kafka's
 * clients repeat what may pass for two minutes. Anything else fails the bundle with a {@link
 * dev.millrace.io.WriteException}, and nothing is lost: the bundle is repeated. A message may have
 * 20 MB, if the topic takes it.
 *
 * <p>Cost: a producer for each worker thread; exactly once, one for each shard, a transaction a
 * shard at each checkpoint and every six hours, so that brokers don't forget one that is silent,
 * and the messages between two checkpoints in the memory of the workers (Flink's operator state).
 */
public final class WriteKafka
    extends PTransform<PCollection<Record>, PCollection<KV<Tally, Long>>> {
  private static final long serialVersionUID = 1L;

  private final SinkConfig config;
  private final List<String> key;

  private WriteKafka(SinkConfig config, List<String> key) {
    this.config = config;
    this.key = key;
  }

  /**
   * Writes to a topic, at least once, with the keys that messages had, compressed with Zstandard.
   */
  public static WriteKafka to(KafkaConnection connection, String topic) {
    return new WriteKafka(SinkConfig.to(connection, topic), List.of());
  }

  /**
   * The fields that messages are keyed by, whatever key they had: one as its plain text, several as
   * a JSON object. A message has no key where one field is null.
   */
  public WriteKafka withKey(List<String> fields) {
    return new WriteKafka(config, List.copyOf(fields));
  }

  /** Headers of all messages, after those they had, as the contract's id. Values are shown. */
  public WriteKafka withHeaders(Map<String, String> headers) {
    return new WriteKafka(config.withHeaders(headers), key);
  }

  /** How messages are compressed. */
  public WriteKafka withCompression(Compression compression) {
    return new WriteKafka(config.withCompression(compression), key);
  }

  /**
   * Writes each record once.
   *
   * @param sinkId names this sink in this run and those that go on from its checkpoints, and no
   *     other: a part of transactional ids and consumer groups
   */
  public WriteKafka withExactlyOnce(String sinkId) {
    return new WriteKafka(config.withExactlyOnce(sinkId), key);
  }

  /**
   * How many transactions there are at a time, exactly once; 8 by default. It must not change
   * between runs that go on from one another.
   */
  public WriteKafka withShards(int shards) {
    return new WriteKafka(config.withShards(shards), key);
  }

  WriteKafka withProbe(CommitProbe probe) {
    return new WriteKafka(config.withProbe(probe), key);
  }

  WriteKafka withReminders(Duration every) {
    return new WriteKafka(config.withReminders(every), key);
  }

  @Override
  public PCollection<KV<Tally, Long>> expand(PCollection<Record> records) {
    RecordEncoder encoder =
        new RecordEncoder(RecordCoder.schemaOf(records).indexes(key), config.headers());
    return records.apply("Deliver", new DeliverMessages<>(config, encoder, Disposition.PUBLISHED));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    config.populateDisplayData(builder);
    builder.addIfNotDefault(DisplayData.item("key", String.join(", ", key)), "");
  }
}
