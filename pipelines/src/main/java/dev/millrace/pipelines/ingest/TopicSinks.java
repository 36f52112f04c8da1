package dev.millrace.pipelines.ingest;

import dev.millrace.io.kafka.Delivery;
import dev.millrace.io.kafka.KafkaConnection;
import dev.millrace.io.kafka.WriteDeadLetters;
import dev.millrace.io.kafka.WriteKafka;
import dev.millrace.pipelines.EngineOptions;
import dev.millrace.quarantine.QuarantineContext;
import dev.millrace.record.RecordSchema;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the options of the topics that are written to. */
final class TopicSinks {
  private final IngestOptions options;
  private final QuarantineContext context;
  private final Delivery delivery;

  private TopicSinks(IngestOptions options, QuarantineContext context, Delivery delivery) {
    this.options = options;
    this.context = context;
    this.delivery = delivery;
  }

  /** The topics that the options name. */
  static TopicSinks of(IngestOptions options, QuarantineContext context) {
    refuseWithoutTopic(options);
    refuseLoops(options);
    TopicSinks topics = new TopicSinks(options, context, delivery(options));
    if (!topics.isExactlyOnce()) {
      Choice.refuse("sinkId", options.getSinkId(), "with --delivery=exactly-once");
    }
    return topics;
  }

  private static void refuseWithoutTopic(IngestOptions options) {
    if (options.getOutputTopic() == null) {
      Choice.refuse("outputKey", Choice.shown(options.getOutputKey()), "with --outputTopic");
    }
    if (options.getOutputTopic() == null && options.getDeadLetterTopic() == null) {
      String expected = "with --outputTopic or --deadLetterTopic";
      Choice.refuse("delivery", options.getDelivery(), expected);
      Choice.refuse("sinkId", options.getSinkId(), expected);
    }
  }

  /** A run would read what it has written, or nobody could tell records from rejects. */
  private static void refuseLoops(IngestOptions options) {
    refuseSame("outputTopic", options.getOutputTopic(), "topic", options.getTopic());
    refuseSame("deadLetterTopic", options.getDeadLetterTopic(), "topic", options.getTopic());
    String then = options.getThen() == null ? null : options.getThen().replaceFirst("@.*", "");
    refuseSame("outputTopic", options.getOutputTopic(), "then", then);
    refuseSame("deadLetterTopic", options.getDeadLetterTopic(), "then", then);
    refuseSame(
        "deadLetterTopic", options.getDeadLetterTopic(), "outputTopic", options.getOutputTopic());
  }

  private static void refuseSame(String option, String topic, String other, String taken) {
    if (topic != null && topic.equals(taken)) {
      throw new IllegalArgumentException(
          "Invalid --%s: %s (expected another topic than --%s)".formatted(option, topic, other));
    }
  }

  private static Delivery delivery(IngestOptions options) {
    boolean stable = options.isStreaming() && options.as(EngineOptions.class).isStableInput();
    if (options.getDelivery() == null) {
      return stable ? Delivery.EXACTLY_ONCE : Delivery.AT_LEAST_ONCE;
    }
    Delivery wanted = Choice.checked("delivery", () -> Delivery.named(options.getDelivery()));
    if (wanted == Delivery.EXACTLY_ONCE && !stable) {
      throw new IllegalArgumentException(
          "Invalid --delivery: exactly-once (expected at-least-once %s)"
              .formatted(
                  options.isStreaming()
                      ? "on this runner, which makes no checkpoints"
                      : "without --streaming: a bounded run makes no checkpoints"));
    }
    return wanted;
  }

  private boolean isExactlyOnce() {
    return delivery == Delivery.EXACTLY_ONCE;
  }

  /** Where published records are sent; nothing without {@code --outputTopic}. */
  Optional<WriteKafka> records(RecordSchema schema) {
    if (options.getOutputTopic() == null) {
      return Optional.empty();
    }
    KafkaConnection brokers = Brokers.connection(options);
    WriteKafka write =
        Choice.checked("outputTopic", () -> WriteKafka.to(brokers, options.getOutputTopic()));
    if (options.getOutputKey() != null) {
      Choice.checked("outputKey", () -> schema.indexes(options.getOutputKey()));
      write = write.withKey(options.getOutputKey());
    }
    return Optional.of(isExactlyOnce() ? write.withExactlyOnce(sinkId("published")) : write);
  }

  /** Where rejected records are sent; nothing without {@code --deadLetterTopic}. */
  Optional<WriteDeadLetters> deadLetters() {
    if (options.getDeadLetterTopic() == null) {
      return Optional.empty();
    }
    KafkaConnection brokers = Brokers.connection(options);
    WriteDeadLetters write =
        Choice.checked(
                "deadLetterTopic", () -> WriteDeadLetters.to(brokers, options.getDeadLetterTopic()))
            .withContext(headers());
    return Optional.of(isExactlyOnce() ? write.withExactlyOnce(sinkId("rejected")) : write);
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new TreeMap<>();
    headers.put("contract", context.contract());
    headers.put("contractVersion", context.contractVersion());
    headers.put("pipeline", context.pipeline());
    headers.put("pipelineVersion", context.pipelineVersion());
    if (options.getRunId() != null) {
      headers.put("runId", options.getRunId());
    }
    return headers;
  }

  /** Two sinks of a run, and so two ids. */
  private String sinkId(String what) {
    String id = options.getSinkId() == null ? options.getRunId() : options.getSinkId();
    if (id == null || id.isBlank()) {
      throw new IllegalArgumentException("Missing required value: sinkId");
    }
    return id + "-" + what;
  }
}
