package dev.millrace.quarantine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.record.Envelope;
import dev.millrace.record.Envelope.Header;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What a message had beside its value, in the line of a quarantined record. */
final class EnvelopeFormat {
  static final String NAME = "message";

  private EnvelopeFormat() {}

  static void write(Envelope envelope, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(NAME);
    if (envelope.publishedMillis().isPresent()) {
      Instant published = Instant.ofEpochMilli(envelope.publishedMillis().getAsLong());
      json.writeStringField("published", published.toString());
    }
    if (envelope.key().isPresent()) {
      LineFormat.writeBytes("key", envelope.key().get(), json);
    }
    if (!envelope.headers().isEmpty()) {
      json.writeArrayFieldStart("headers");
      for (Header header : envelope.headers()) {
        json.writeStartObject();
        json.writeStringField("name", header.name());
        if (header.value() != null) {
          LineFormat.writeBytes("value", header.value(), json);
        }
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (envelope.isTombstone()) {
      json.writeBooleanField("tombstone", true);
    }
    json.writeEndObject();
  }

  static Envelope read(JsonNode line) {
    JsonNode json = LineFormat.member(line, NAME);
    OptionalLong published =
        json.has("published")
            ? OptionalLong.of(Instant.parse(LineFormat.text(json, "published")).toEpochMilli())
            : OptionalLong.empty();
    List<Header> headers = new ArrayList<>();
    for (JsonNode header : json.path("headers")) {
      headers.add(new Header(LineFormat.text(header, "name"), optional("value", header)));
    }
    byte[] key = optional("key", json);
    return json.path("tombstone").asBoolean()
        ? Envelope.ofTombstone(published, key, headers)
        : Envelope.of(published, key, headers);
  }

  private static byte[] optional(String name, JsonNode json) {
    return json.has(name) || json.has(name + "Base64") ? LineFormat.readBytes(name, json) : null;
  }
}
