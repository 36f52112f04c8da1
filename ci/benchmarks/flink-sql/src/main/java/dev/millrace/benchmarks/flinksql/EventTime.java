package dev.millrace.benchmarks.flinksql;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;

/**
 * The time of a message, for watermarks, which tables have to be given at the source, before the
 * message is parsed. It reads no further than it must; a message without a plausible time has that
 * of 1970, which moves no watermark.
 */
public final class EventTime extends ScalarFunction {
  private static final String FIELD = "event_time";
  private static final Instant MIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant MAX = Instant.parse("2027-01-01T00:00:00Z");

  /** Reads the time. */
  @DataTypeHint("TIMESTAMP_LTZ(3)")
  public Instant eval(byte[] message) {
    try (JsonParser parser = JsonFields.JSON.createParser(message)) {
      Instant time = parser.nextToken() == JsonToken.START_OBJECT ? find(parser) : null;
      return time == null || time.isBefore(MIN) || !time.isBefore(MAX) ? Instant.EPOCH : time;
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }

  private static Instant find(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = parser.currentName().equals(FIELD);
      if (found) {
        LocalDateTime time =
            parser.nextToken() == JsonToken.VALUE_STRING ? JsonFields.time(parser.getText()) : null;
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
      }
      parser.nextToken();
      parser.skipChildren();
    }
    return null;
  }
}
