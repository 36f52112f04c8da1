package dev.millrace.benchmarks.peer;

import org.apache.avro.reflect.AvroName;
import org.apache.avro.reflect.AvroSchema;

/** An aggregate: the departures of an airport in an hour. */
public final class AirportHour {
  private static final String MICROS = "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}";

  public String origin;

  @AvroName("window_start")
  @AvroSchema(MICROS)
  public long windowStart;

  @AvroName("window_end")
  @AvroSchema(MICROS)
  public long windowEnd;

  public long count;

  @AvroName("mean_delay")
  public double meanDelay;

  @AvroName("max_delay")
  public long maxDelay;
}
