package dev.millrace.benchmarks.kafkastreams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Rows as JSON objects. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static <T> Serde<T> of(Class<T> type) {
    ObjectWriter writer = MAPPER.writerFor(type);
    return Serdes.serdeFrom(
        (topic, row) -> {
          try {
            return writer.writeValueAsBytes(row);
          } catch (JsonProcessingException e) {
            throw new SerializationException("Cannot write a row: " + e.getMessage(), e);
          }
        },
        (topic, bytes) -> {
          throw new UnsupportedOperationException("Cannot read a row: it is only written");
        });
  }
}
