package dev.millrace.pipelines.ingest;

import dev.millrace.io.kafka.KafkaConnection;
import dev.millrace.io.kafka.ReadKafka;
import dev.millrace.io.kafka.ReadKafkaSlice;
import dev.millrace.io.kafka.SchemaRegistry;
import dev.millrace.io.kafka.TopicStart;
import dev.millrace.record.RawBlock;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.decode.LatestEventTime;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * A topic of Kafka: as it goes on, with {@code --streaming}, or else the slice of it that was
 * published in an interval, up to what is there at launch.
 */
final class TopicInput implements IngestInput {
  private static final int BOUNDED_SHARDS = 32;

  private final IngestOptions options;
  private final Contract contract;
  private final KafkaConnection connection;
  private final Optional<SchemaRegistry> registry;

  private TopicInput(IngestOptions options, Contract contract) {
    this.options = options;
    this.contract = contract;
    this.connection = Brokers.connection(options);
    this.registry = Brokers.schemaRegistry(options);
  }

  static TopicInput of(IngestOptions options, Contract contract) {
    TopicInput input = new TopicInput(options, contract);
    input.checkMode();
    return input;
  }

  /** Refuses the options of the other mode. */
  private void checkMode() {
    if (options.isStreaming()) {
      Choice.refuse(
          "publishedFrom", options.getPublishedFrom(), "without --streaming; see --startingAt");
      Choice.refuse("publishedTo", options.getPublishedTo(), "without --streaming");
    } else {
      Choice.refuse("startingAt", options.getStartingAt(), "with --streaming; see --publishedFrom");
      Choice.refuse("consumerGroup", options.getConsumerGroup(), "with --streaming");
    }
  }

  @Override
  public PTransform<PBegin, PCollection<RawBlock>> read() {
    return options.isStreaming() ? all() : slice();
  }

  private ReadKafkaSlice slice() {
    ReadKafkaSlice values = ReadKafkaSlice.topic(connection, options.getTopic());
    ReadKafkaSlice slice = registry.map(values::withAvro).orElse(values);
    if (options.getPublishedFrom() != null) {
      slice = slice.from(instant("publishedFrom", options.getPublishedFrom()));
    }
    return options.getPublishedTo() == null
        ? slice
        : slice.to(instant("publishedTo", options.getPublishedTo()));
  }

  private ReadKafka all() {
    ReadKafka read = all(options, contract, options.getTopic());
    return options.getStartingAt() == null
        ? read
        : read.startingAt(
            Choice.checked("startingAt", () -> TopicStart.parse(options.getStartingAt())));
  }

  /** A topic as it goes on, from its beginning. */
  static ReadKafka all(IngestOptions options, Contract contract, String topic) {
    ReadKafka values = ReadKafka.topic(Brokers.connection(options), topic);
    ReadKafka read =
        Brokers.schemaRegistry(options)
            .map(values::withAvro)
            .orElse(values)
            .withEventTimes(LatestEventTime.against(contract))
            .withMaxOutOfOrderness(
                Choice.duration("maxOutOfOrderness", options.getMaxOutOfOrderness()))
            .withIdleness(Choice.duration("idleness", options.getIdleness()));
    if (options.getConsumerGroup() != null) {
      read = read.withGroup(options.getConsumerGroup());
    }
    return options.getUntilIdle() == null
        ? read
        : read.untilIdle(Choice.duration("untilIdle", options.getUntilIdle()));
  }

  private static Instant instant(String option, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "Invalid --%s: %s (expected an instant such as 2001-01-15T06:00:00Z)"
              .formatted(option, text),
          e);
    }
  }

  @Override
  public int shards() {
    return options.isStreaming() ? UNBOUNDED_SHARDS : BOUNDED_SHARDS;
  }

  @Override
  public void shuffle(Path folder, Duration lateness, long seed) {
    throw noFiles(options.getTopic());
  }

  static IllegalArgumentException noFiles(String topic) {
    return new IllegalArgumentException(
        "Cannot shuffle topic %s (expected --input: what is shuffled are files)".formatted(topic));
  }
}
