package dev.millrace.benchmarks.plain;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.apache.avro.reflect.AvroName;
import org.apache.avro.reflect.AvroSchema;
import org.apache.avro.reflect.Nullable;

/**
 * An event: a POJO to Jackson, to Flink (which serialises it with its PojoSerializer) and to
 * Parquet's Avro writer. Fields are boxed because only then an absent one can be told from a zero.
 */
@JsonNaming(SnakeCaseStrategy.class)
public final class Event {
  public String id;

  /** Microseconds since 1970. */
  @JsonDeserialize(using = IsoMicros.class)
  @JsonSerialize(using = IsoText.class)
  @AvroName("event_time")
  @AvroSchema("{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}")
  public Long eventTime;

  @AvroName("user_id")
  public String userId;

  @AvroName("session_id")
  public String sessionId;

  public String type;
  public String country;
  public String device;
  public String page;
  @Nullable public String referrer;

  @AvroName("user_agent")
  @Nullable public String userAgent;

  public Double amount;
  public Long quantity;

  @AvroName("duration_ms")
  public Long durationMs;

  @AvroName("signed_in")
  public Boolean signedIn;

  @Nullable public String campaign;
}
