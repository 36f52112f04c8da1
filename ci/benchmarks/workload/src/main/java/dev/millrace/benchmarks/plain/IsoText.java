package dev.millrace.benchmarks.plain;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;

/** Writes microseconds since 1970 as a time in ISO 8601. */
final class IsoText extends StdSerializer<Long> {
  private static final long serialVersionUID = 1L;

  IsoText() {
    super(Long.class);
  }

  @Override
  public void serialize(Long micros, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    long seconds = Math.floorDiv(micros, 1_000_000L);
    long nanos = Math.floorMod(micros, 1_000_000L) * 1000;
    json.writeString(Instant.ofEpochSecond(seconds, nanos).toString());
  }
}
