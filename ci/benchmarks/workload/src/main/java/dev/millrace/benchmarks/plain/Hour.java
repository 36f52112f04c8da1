package dev.millrace.benchmarks.plain;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.apache.avro.reflect.AvroName;
import org.apache.avro.reflect.AvroSchema;

/** An aggregate: the sales of a type and country in an hour. */
@JsonNaming(SnakeCaseStrategy.class)
public final class Hour {
  private static final String MICROS = "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}";

  public String type;
  public String country;

  @AvroName("window_start")
  @AvroSchema(MICROS)
  public long windowStart;

  @AvroName("window_end")
  @AvroSchema(MICROS)
  public long windowEnd;

  public long count;

  @AvroName("sum_amount")
  public double sumAmount;

  @AvroName("mean_duration_ms")
  public double meanDurationMs;
}
