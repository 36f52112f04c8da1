package dev.millrace.benchmarks.kafkastreams;

import dev.millrace.benchmarks.run.Assignment;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings: what Flink's are for the others, and else Kafka's defaults. */
final class Settings {
  private static final int LINGER_MILLIS = 5;
  private static final int BATCH_BYTES = 128 << 10;

  private Settings() {}

  static Properties of(Assignment assignment) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, assignment.input());
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, assignment.bootstrapServers());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, assignment.folder().resolve("state").toString());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Assignment.PARALLELISM);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Assignment.checkpointMillis());
    // The others' settings of a producer; here they are those of its internal topics, too.
    producer(settings, ProducerConfig.ACKS_CONFIG, "all");
    producer(settings, ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    producer(settings, ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    producer(settings, ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    return settings;
  }

  private static void producer(Properties settings, String name, Object value) {
    settings.put(StreamsConfig.producerPrefix(name), value);
  }
}
