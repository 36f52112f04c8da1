package dev.millrace.benchmarks.peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The topics that the job reads and writes. */
record Topics(String bootstrapServers) {
  private static final Duration LINGER = Duration.ofMillis(5);
  private static final int BATCH_BYTES = 128 << 10;

  /** The values of a topic from its start, as they are: what parses them can reject them. */
  KafkaSource<byte[]> read(String topic) {
    return KafkaSource.<byte[]>builder()
        .setBootstrapServers(bootstrapServers)
        .setTopics(topic)
        .setStartingOffsets(OffsetsInitializer.earliest())
        // Checkpoints have the offsets; there is no group that anybody looks at.
        .setProperty("commit.offsets.on.checkpoint", "false")
        .setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false")
        .setDeserializer(KafkaRecordDeserializationSchema.valueOnly(ByteArrayDeserializer.class))
        .build();
  }

  /** Rows as JSON, each once or more often. */
  <T> KafkaSink<T> write(String topic, Class<T> type) {
    return KafkaSink.<T>builder()
        .setBootstrapServers(bootstrapServers)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setKafkaProducerConfig(producer())
        .setRecordSerializer(
            KafkaRecordSerializationSchema.<T>builder()
                .setTopic(topic)
                .setValueSerializationSchema(new Json<>(type))
                .build())
        .build();
  }

  /** Millrace's settings, which Kafka's defaults of 0 ms, 16 KB and no compression are beneath. */
  private static Properties producer() {
    Properties settings = new Properties();
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, (int) LINGER.toMillis());
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    return settings;
  }

  private static final class Json<T> implements SerializationSchema<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private transient ObjectWriter writer;

    Json(Class<T> type) {
      this.type = type;
    }

    @Override
    public void open(InitializationContext context) {
      writer = new ObjectMapper().writerFor(type);
    }

    @Override
    public byte[] serialize(T row) {
      try {
        return writer.writeValueAsBytes(row);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("Cannot write a row as JSON: " + e.getMessage(), e);
      }
    }
  }
}
