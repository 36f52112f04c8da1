package dev.millrace.io.kafka;

import dev.millrace.io.ReadException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks after a topic while it is read: whether it is still the one of the launch, how many
 * partitions it has, and where they end. A cluster that does not answer is asked again, up to a
 * limit.
 */
final class TopicWatch implements AutoCloseable {
  /** As long as a transaction may stay open unless a broker is told otherwise, and some more. */
  static final Duration PATIENCE = Duration.ofMinutes(20);

  private final Topic topic;
  private final String id;
  private final Clock clock;
  private final TopicOffsets offsets;
  private long answered;

  /** Looks after the topic of this id. */
  TopicWatch(Topic topic, String id, Clock clock) {
    this.topic = topic;
    this.id = id;
    this.clock = clock;
    this.offsets = TopicOffsets.open(topic);
    this.answered = clock.millis();
  }

  /** How many partitions there are now; nothing if nobody answered. */
  Optional<Integer> partitions() {
    Optional<TopicOffsets.Layout> layout = ask(offsets::layout);
    if (layout.isPresent() && !layout.get().id().equals(id)) {
      throw new ReadException(
          "Cannot read topic %s: it was deleted and made anew after the launch".formatted(topic));
    }
    return layout.map(TopicOffsets.Layout::partitions);
  }

  /** The offset that the next message of each partition will have; nothing if nobody answered. */
  Map<Integer, Long> ends(List<Integer> partitions) {
    return ask(() -> offsets.ends(partitions)).orElse(Map.of());
  }

  private <T> Optional<T> ask(Supplier<T> question) {
    try {
      T answer = question.get();
      answered = clock.millis();
      return Optional.of(answer);
    } catch (ReadException e) {
      boolean waits = clock.millis() - answered < PATIENCE.toMillis();
      if (waits && KafkaFailures.isTemporary(e.getCause())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    offsets.close();
  }
}
