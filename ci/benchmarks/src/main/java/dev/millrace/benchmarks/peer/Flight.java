package dev.millrace.benchmarks.peer;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.millrace.benchmarks.plain.IsoMicros;
import org.apache.avro.reflect.AvroSchema;

/** A flight: a POJO to Jackson, Flink and Parquet's Avro writer, as {@code Event} is. */
public final class Flight {
  /** Microseconds since 1970. */
  @JsonDeserialize(using = IsoMicros.class)
  @AvroSchema("{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}")
  public Long date;

  public Long delay;
  public Long distance;
  public String origin;
  public String destination;
}
