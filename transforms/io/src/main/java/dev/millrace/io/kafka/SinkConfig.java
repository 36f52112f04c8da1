package dev.millrace.io.kafka;

import dev.millrace.io.Compression;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.display.DisplayData;

/**
 * What the sinks have in common, and travels to the workers.
 *
 * @param reminders how often a shard commits once more how far it is
 */
record SinkConfig(
    KafkaTarget target,
    Delivery delivery,
    String sinkId,
    int shards,
    TreeMap<String, String> headers,
    CommitProbe probe,
    Duration reminders)
    implements Serializable {
  private static final int DEFAULT_SHARDS = 8;

  /** Brokers forget what a shard has committed, and its transactional id, after seven days. */
  private static final Duration DEFAULT_REMINDERS = Duration.ofHours(6);

  private static final int MOST_SHARDS = 1024;

  static SinkConfig to(KafkaConnection connection, String topic) {
    return new SinkConfig(
        new KafkaTarget(connection, topic, Compression.ZSTD),
        Delivery.AT_LEAST_ONCE,
        "",
        DEFAULT_SHARDS,
        new TreeMap<>(),
        CommitProbe.NONE,
        DEFAULT_REMINDERS);
  }

  SinkConfig withExactlyOnce(String id) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("Missing required value: sinkId");
    }
    return new SinkConfig(target, Delivery.EXACTLY_ONCE, id, shards, headers, probe, reminders);
  }

  SinkConfig withShards(int number) {
    if (number < 1 || number > MOST_SHARDS) {
      throw new IllegalArgumentException(
          "Invalid shards: %d (expected 1 to %d)".formatted(number, MOST_SHARDS));
    }
    return new SinkConfig(target, delivery, sinkId, number, headers, probe, reminders);
  }

  SinkConfig withCompression(Compression compression) {
    return new SinkConfig(
        target.with(compression), delivery, sinkId, shards, headers, probe, reminders);
  }

  SinkConfig withHeaders(Map<String, String> more) {
    TreeMap<String, String> all = new TreeMap<>(headers);
    all.putAll(more);
    return new SinkConfig(target, delivery, sinkId, shards, all, probe, reminders);
  }

  SinkConfig withProbe(CommitProbe other) {
    return new SinkConfig(target, delivery, sinkId, shards, headers, other, reminders);
  }

  SinkConfig withReminders(Duration other) {
    return new SinkConfig(target, delivery, sinkId, shards, headers, probe, other);
  }

  void populateDisplayData(DisplayData.Builder builder) {
    target.populateDisplayData(builder);
    builder.add(DisplayData.item("delivery", delivery.name()));
    if (delivery == Delivery.EXACTLY_ONCE) {
      builder.add(DisplayData.item("sinkId", sinkId)).add(DisplayData.item("shards", shards));
    }
    headers.forEach((name, value) -> builder.add(DisplayData.item("header." + name, value)));
  }
}
