package dev.millrace.benchmarks.kafkastreams;

import dev.millrace.benchmarks.plain.Event;
import dev.millrace.benchmarks.run.Assignment;
import dev.millrace.benchmarks.run.State;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Lets the first event of an id pass, and drops those that repeat it within the horizon, before or
 * after it.
 *
 * <p>The store has the time of an id's event in a window of the length of the horizon, so that
 * three lookups of one entry each find it, where the usual range of windows would open iterators.
 * Windows that are too old are dropped as a whole, by the time of events: no timer, no deletes.
 */
final class DropRepeats extends ContextualFixedKeyProcessor<byte[], Event, Event> {
  private static final String STORE = "ids";

  private final long horizonMillis;
  private WindowStore<String, Long> times;

  private DropRepeats(Duration horizon) {
    this.horizonMillis = horizon.toMillis();
  }

  /** Processors with a store for each task. */
  static FixedKeyProcessorSupplier<byte[], Event, Event> supplier(Duration horizon, State state) {
    return new FixedKeyProcessorSupplier<>() {
      @Override
      public DropRepeats get() {
        return new DropRepeats(horizon);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(store(horizon, state));
      }
    };
  }

  /** A window begins up to a horizon before its last event, which is remembered for another. */
  private static StoreBuilder<?> store(Duration horizon, State state) {
    Duration retention = horizon.multipliedBy(2).plus(Assignment.OUT_OF_ORDERNESS);
    return Stores.windowStoreBuilder(
        state == State.HEAP
            ? Stores.inMemoryWindowStore(STORE, retention, horizon, false)
            : Stores.persistentWindowStore(STORE, retention, horizon, false),
        Serdes.String(),
        Serdes.Long());
  }

  @Override
  public void init(FixedKeyProcessorContext<byte[], Event> context) {
    super.init(context);
    times = context.getStateStore(STORE);
  }

  @Override
  public void process(FixedKeyRecord<byte[], Event> message) {
    String id = message.value().id;
    long time = message.timestamp();
    long window = time - Math.floorMod(time, horizonMillis);
    if (isNear(time, times.fetch(id, window))
        || isNear(time, times.fetch(id, window - horizonMillis))
        || isNear(time, times.fetch(id, window + horizonMillis))) {
      return;
    }
    times.put(id, time, window);
    context().forward(message);
  }

  private boolean isNear(long time, Long other) {
    return other != null && Math.abs(time - other) <= horizonMillis;
  }
}
