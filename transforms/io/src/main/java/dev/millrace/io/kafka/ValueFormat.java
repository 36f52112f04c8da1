package dev.millrace.io.kafka;

import dev.millrace.record.BlockHeader;
import java.io.Serializable;
import java.time.Clock;
import org.apache.beam.sdk.transforms.display.DisplayData;

/** How the values of messages are written. */
interface ValueFormat extends Serializable {
  /** JSON, which needs no header. */
  ValueFormat JSON = value -> null;

  /** Avro by a registry, or JSON if there is none. */
  static ValueFormat of(SchemaRegistry registry, Clock clock) {
    return registry == null ? JSON : new RegisteredAvro(registry, clock);
  }

  /** What is needed to understand a value; null for nothing. */
  BlockHeader headerOf(byte[] value);

  /** Finds out at launch whether headers are to be had. */
  default void check() {}

  /** Adds what may be shown. */
  default void populateDisplayData(DisplayData.Builder builder) {}
}
