package dev.millrace.stages;

import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.RecordSchema.Field;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.values.TimestampedValue;

/** Records for the tests of stages: flights on 2001-01-15, or whenever. */
public final class Flights {
  public static final RecordSchema SCHEMA =
      RecordSchema.of(
          "flights",
          Field.optional("carrier", FieldType.STRING),
          Field.optional("flight", FieldType.INTEGER),
          Field.optional("delay", FieldType.NUMBER),
          Field.optional("landed", FieldType.TIMESTAMP));

  /** Times of days by their text: many flights of a test are at one. */
  private static final Map<String, Long> MILLIS = new ConcurrentHashMap<>();

  private Flights() {}

  /** A flight of carrier AA that happened at a time of day, such as {@code 07:30:00}. */
  public static Record flight(String timeOfDay, long flight, double delay) {
    return flight("AA", timeOfDay, flight, delay, "a.json", flight);
  }

  public static Record flight(String carrier, String timeOfDay, Long flight, Double delay) {
    return flight(carrier, timeOfDay, flight, delay, "a.json", flight);
  }

  public static Record flight(
      String carrier, String timeOfDay, Long flight, Double delay, String source, long offset) {
    byte[] original = (source + "@" + offset).getBytes(StandardCharsets.UTF_8);
    return new RecordBuilder(SCHEMA)
        .set("carrier", carrier)
        .set("flight", flight)
        .set("delay", delay)
        .build(millis(timeOfDay), source, offset, original, 0, original.length);
  }

  /** The time of day on 2001-01-15, or an ISO 8601 instant. */
  public static long millis(String time) {
    return MILLIS.computeIfAbsent(
        time,
        text ->
            Instant.parse(text.contains("T") ? text : "2001-01-15T" + text + "Z").toEpochMilli());
  }

  /** The same, as Beam has it. */
  public static org.joda.time.Instant at(String time) {
    return org.joda.time.Instant.ofEpochMilli(millis(time));
  }

  /** The record with its event time, as a source gives it. */
  public static TimestampedValue<Record> timed(Record record) {
    return TimestampedValue.of(record, record.eventTime());
  }
}
