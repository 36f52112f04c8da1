package dev.millrace.benchmarks.kafkastreams;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * What events add up to: 24 bytes in topics and stores.
 *
 * @param count how many they are
 * @param amount the sum of their amounts
 * @param durationMillis the sum of their durations
 */
record Sums(long count, double amount, long durationMillis) {
  private static final int BYTES = Long.BYTES + Double.BYTES + Long.BYTES;

  Sums plus(Sums other) {
    return new Sums(
        count + other.count, amount + other.amount, durationMillis + other.durationMillis);
  }

  static Serde<Sums> serde() {
    return Serdes.serdeFrom(
        (topic, sums) -> sums == null ? null : sums.bytes(),
        (topic, bytes) -> bytes == null ? null : of(ByteBuffer.wrap(bytes)));
  }

  private byte[] bytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(count)
        .putDouble(amount)
        .putLong(durationMillis)
        .array();
  }

  private static Sums of(ByteBuffer bytes) {
    return new Sums(bytes.getLong(), bytes.getDouble(), bytes.getLong());
  }
}
