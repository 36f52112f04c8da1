package dev.millrace.quarantine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.record.RawRecord;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Rejected;
import dev.millrace.record.Violation;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** A quarantined record as one line of JSON, and back; the package's documentation has the keys. */
final class LineFormat {
  /** A record may be of any size, and what was written must be readable. */
  private static final StreamReadConstraints NO_LIMITS =
      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build();

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(NO_LIMITS)
          .characterEscapes(new VisibleCharacters())
          .build();
  private static final ObjectMapper MAPPER = new ObjectMapper(JSON);

  private static final String BASE64 = "Base64";

  private LineFormat() {}

  /** The line in UTF-8, without a line end. */
  static byte[] encode(QuarantinedRecord quarantined) {
    // Through characters: Jackson's own UTF-8 output fails on half a surrogate pair, such as the
    // end of a message that was cut; here it becomes a question mark, as in the records' coders.
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(quarantined, json);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot encode a line: memory refused it", e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(QuarantinedRecord quarantined, JsonGenerator json) throws IOException {
    Rejected rejected = quarantined.rejected();
    json.writeStartObject();
    json.writeStringField("id", quarantined.id());
    json.writeStringField("stage", rejected.stage());
    json.writeStringField("reason", rejected.reason().code());
    writeViolations(rejected.violations(), json);
    json.writeStringField("source", rejected.raw().source());
    json.writeNumberField("offset", rejected.raw().offset());
    writeEventTime(rejected.eventTimeMillis(), json);
    json.writeStringField("contract", quarantined.context().contract());
    json.writeStringField("contractVersion", quarantined.context().contractVersion());
    json.writeStringField("pipeline", quarantined.context().pipeline());
    json.writeStringField("pipelineVersion", quarantined.context().pipelineVersion());
    if (rejected.raw().envelope() != null) {
      EnvelopeFormat.write(rejected.raw().envelope(), json);
    }
    writeBytes("original", rejected.raw().payload(), json);
    json.writeEndObject();
  }

  private static void writeViolations(List<Violation> violations, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart("violations");
    for (Violation violation : violations) {
      json.writeStartObject();
      json.writeStringField("reason", violation.reason().code());
      json.writeStringField("path", violation.path());
      json.writeStringField("rule", violation.rule());
      json.writeStringField("message", violation.message());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeEventTime(OptionalLong millis, JsonGenerator json) throws IOException {
    if (millis.isPresent()) {
      json.writeStringField("eventTime", Instant.ofEpochMilli(millis.getAsLong()).toString());
    } else {
      json.writeNullField("eventTime");
    }
  }

  /** Text if it is UTF-8, and Base64 under another name if it isn't. */
  static void writeBytes(String name, byte[] bytes, JsonGenerator json) throws IOException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      json.writeStringField(name, text);
    } catch (CharacterCodingException e) {
      json.writeStringField(name + BASE64, Base64.getEncoder().encodeToString(bytes));
    }
  }

  /**
   * The record of a line.
   *
   * @throws IOException if the line is not JSON
   * @throws IllegalArgumentException if it is, and not of a quarantined record
   */
  static QuarantinedRecord decode(String line) throws IOException {
    JsonNode json = MAPPER.readTree(line);
    List<Violation> violations = new ArrayList<>();
    for (JsonNode violation : member(json, "violations")) {
      violations.add(
          new Violation(
              reason(text(violation, "reason")),
              text(violation, "path"),
              text(violation, "rule"),
              text(violation, "message")));
    }
    RawRecord raw =
        new RawRecord(
            text(json, "source"),
            member(json, "offset").asLong(),
            readBytes("original", json),
            json.has(EnvelopeFormat.NAME) ? EnvelopeFormat.read(json) : null);
    return new QuarantinedRecord(
        text(json, "id"),
        new Rejected(text(json, "stage"), violations, raw, readEventTime(json)),
        new QuarantineContext(
            text(json, "contract"),
            text(json, "contractVersion"),
            text(json, "pipeline"),
            text(json, "pipelineVersion")));
  }

  private static OptionalLong readEventTime(JsonNode json) {
    return member(json, "eventTime").isNull()
        ? OptionalLong.empty()
        : OptionalLong.of(Instant.parse(text(json, "eventTime")).toEpochMilli());
  }

  static byte[] readBytes(String name, JsonNode json) {
    return json.has(name + BASE64)
        ? Base64.getDecoder().decode(text(json, name + BASE64))
        : text(json, name).getBytes(StandardCharsets.UTF_8);
  }

  private static RejectReason reason(String code) {
    return RejectReason.valueOf(code.toUpperCase(Locale.ROOT));
  }

  static String text(JsonNode json, String key) {
    return member(json, key).asText();
  }

  static JsonNode member(JsonNode json, String key) {
    JsonNode value = json == null ? null : json.get(key);
    if (value == null) {
      throw new IllegalArgumentException("Missing required value: " + key);
    }
    return value;
  }
}
