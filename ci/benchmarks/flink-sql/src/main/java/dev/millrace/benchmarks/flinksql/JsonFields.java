package dev.millrace.benchmarks.flinksql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.apache.flink.types.Row;

/**
 * Objects of JSON as rows: what is wrong with one, or null; its original; its fields. The JSON
 * format of tables drops what it can't read, and takes numbers for text.
 */
final class JsonFields {
  static final String MALFORMED = "malformed";
  static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  private static final int FLAW = 0;
  private static final int ORIGINAL = 1;
  private static final int FIRST = 2;

  private final List<Field> fields;
  private final List<String> names;

  private JsonFields(List<Field> fields) {
    this.fields = fields;
    this.names = fields.stream().map(Field::name).toList();
  }

  /** A field that an object may have. */
  record Field(String name, Kind kind) {}

  /** What a field's value is. */
  enum Kind {
    TEXT,
    TIME,
    INTEGER,
    NUMBER,
    FLAG;

    /** The value that the parser is at, or null if it is of another kind. */
    private Object value(JsonParser parser) throws IOException {
      JsonToken token = parser.currentToken();
      return switch (this) {
        case TEXT -> token == JsonToken.VALUE_STRING ? parser.getText() : null;
        case TIME -> token == JsonToken.VALUE_STRING ? time(parser.getText()) : null;
        case INTEGER -> token == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : null;
        case NUMBER -> token.isNumeric() ? parser.getDoubleValue() : null;
        case FLAG -> token.isBoolean() ? parser.getBooleanValue() : null;
      };
    }
  }

  /** Objects that have no other fields than these. */
  static JsonFields of(Field... fields) {
    return new JsonFields(List.of(fields));
  }

  /** Reads a line. */
  Row read(String line) {
    return read(line, () -> JSON.createParser(line));
  }

  /** Reads a message. */
  Row read(byte[] message) {
    return read(message, () -> JSON.createParser(message));
  }

  private Row read(Object original, Source source) {
    Row row = new Row(FIRST + fields.size());
    row.setField(ORIGINAL, original);
    try (JsonParser parser = source.open()) {
      row.setField(FLAW, fill(row, parser));
    } catch (IOException e) {
      row.setField(FLAW, MALFORMED);
    }
    return row;
  }

  private String fill(Row row, JsonParser parser) throws IOException {
    String flaw = parser.nextToken() == JsonToken.START_OBJECT ? null : MALFORMED;
    while (flaw == null && parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      int field = names.indexOf(name);
      if (field < 0) {
        return "unknown_field: " + name;
      }
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        Object value = fields.get(field).kind().value(parser);
        row.setField(FIRST + field, value);
        flaw = value == null ? "wrong_type: " + name : null;
      }
    }
    return flaw == null && parser.nextToken() != null ? MALFORMED : flaw;
  }

  /** A time, or null. */
  static LocalDateTime time(String text) {
    try {
      return LocalDateTime.parse(text, DateTimeFormatter.ISO_ZONED_DATE_TIME);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** What the parser reads. */
  private interface Source {
    JsonParser open() throws IOException;
  }
}
