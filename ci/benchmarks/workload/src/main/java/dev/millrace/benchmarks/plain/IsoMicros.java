package dev.millrace.benchmarks.plain;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Reads a time in ISO 8601 as microseconds since 1970. */
public final class IsoMicros extends StdDeserializer<Long> {
  IsoMicros() {
    super(Long.class);
  }

  @Override
  public Long deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      return (Long) context.handleUnexpectedToken(Long.class, parser);
    }
    String text = parser.getText();
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
    } catch (DateTimeException e) {
      return (Long) context.handleWeirdStringValue(Long.class, text, "not an ISO 8601 time");
    }
  }
}
