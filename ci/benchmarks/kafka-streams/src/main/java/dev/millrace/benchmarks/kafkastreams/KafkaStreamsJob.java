package dev.millrace.benchmarks.kafkastreams;

import dev.millrace.benchmarks.plain.Event;
import dev.millrace.benchmarks.plain.Hour;
import dev.millrace.benchmarks.plain.Rejection;
import dev.millrace.benchmarks.run.Assignment;
import dev.millrace.benchmarks.run.State;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The job that goes on: read events from a topic, validate them, send the rejects to another, drop
 * duplicates within a day, send the others on, and aggregates by hour, type and country as they
 * grow: a reader takes the last one of a group.
 *
 * <p>There is no watermark that all tasks share. What a task of the aggregates calls the time is
 * that of the latest event it was sent, by whichever task before it is ahead; hours stay open for a
 * day, so that one that is behind is not late. And no hour is closed where no more comes, so that
 * final results alone ({@code suppress}) would keep the last of them back.
 */
public final class KafkaStreamsJob {
  private static final char SEPARATOR = '/';
  private static final Duration HORIZON = Duration.ofDays(1);
  private static final Duration GRACE = Duration.ofDays(1);

  private KafkaStreamsJob() {}

  /** Runs the job until the process is ended. */
  public static void main(String[] args) throws Exception {
    Assignment assignment = Assignment.parse(args);
    CompletableFuture<Void> failure = new CompletableFuture<>();
    KafkaStreams streams = new KafkaStreams(topology(assignment), Settings.of(assignment));
    streams.setUncaughtExceptionHandler(
        e -> {
          failure.completeExceptionally(e);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.start();
    failure.get();
  }

  static Topology topology(Assignment assignment) {
    StreamsBuilder builder = new StreamsBuilder();
    KStream<byte[], Message> messages =
        builder.stream(assignment.input(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
            .processValues(ParseMessage::new);
    messages
        .filterNot((key, message) -> message.isEvent())
        .mapValues(Message::rejection)
        .to(assignment.rejects(), Produced.with(Serdes.ByteArray(), Json.of(Rejection.class)));

    KStream<byte[], Event> unique =
        messages
            .filter((key, message) -> message.isEvent())
            .mapValues(Message::event)
            .processValues(DropRepeats.supplier(HORIZON, assignment.state()));
    unique.to(assignment.output(), Produced.with(Serdes.ByteArray(), Json.of(Event.class)));
    sumUp(unique, assignment);
    return builder.build();
  }

  private static void sumUp(KStream<byte[], Event> events, Assignment assignment) {
    events
        .map((key, event) -> KeyValue.pair(group(event), sums(event)))
        .groupByKey(Grouped.with(Serdes.String(), Sums.serde()))
        .windowedBy(TimeWindows.ofSizeAndGrace(Duration.ofHours(1), GRACE))
        .reduce(Sums::plus, hours(assignment.state()))
        .toStream()
        .map((window, sums) -> KeyValue.pair(window.key(), hour(window, sums)))
        .to(assignment.aggregates(), Produced.with(Serdes.String(), Json.of(Hour.class)));
  }

  private static Materialized<String, Sums, WindowStore<Bytes, byte[]>> hours(State state) {
    Materialized<String, Sums, WindowStore<Bytes, byte[]>> hours =
        Materialized.with(Serdes.String(), Sums.serde());
    return hours.withStoreType(
        state == State.HEAP ? Materialized.StoreType.IN_MEMORY : Materialized.StoreType.ROCKS_DB);
  }

  private static String group(Event event) {
    return event.type + SEPARATOR + event.country;
  }

  private static Sums sums(Event event) {
    return new Sums(1, event.amount, event.durationMs);
  }

  private static Hour hour(Windowed<String> group, Sums sums) {
    int separator = group.key().indexOf(SEPARATOR);
    Hour hour = new Hour();
    hour.type = group.key().substring(0, separator);
    hour.country = group.key().substring(separator + 1);
    hour.windowStart = group.window().start() * 1000;
    hour.windowEnd = group.window().end() * 1000;
    hour.count = sums.count();
    hour.sumAmount = sums.amount();
    hour.meanDurationMs = (double) sums.durationMillis() / sums.count();
    return hour;
  }
}
