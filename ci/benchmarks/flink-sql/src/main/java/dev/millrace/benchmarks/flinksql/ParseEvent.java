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
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.types.Row;

/**
 * A line as an event, whose {@code flaw} says why it is none. The JSON format of tables drops what
 * it can't read, and takes numbers for text. The line itself is in the result so that all who need
 * anything of it need the same, and the planner has it parsed once.
 */
public final class ParseEvent extends ScalarFunction {
  private static final List<String> FIELDS =
      List.of(
          "flaw",
          "original",
          "id",
          "event_time",
          "user_id",
          "session_id",
          "type",
          "country",
          "device",
          "page",
          "referrer",
          "user_agent",
          "amount",
          "quantity",
          "duration_ms",
          "signed_in",
          "campaign");
  private static final int FIRST_OF_EVENT = 2;
  static final String MALFORMED = "malformed";
  static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  /** Parses a line. */
  @DataTypeHint(
      "ROW<flaw STRING, original STRING, id STRING, event_time TIMESTAMP(3), user_id STRING,"
          + " session_id STRING, type STRING, country STRING, device STRING, page STRING,"
          + " referrer STRING, user_agent STRING, amount DOUBLE, quantity BIGINT,"
          + " duration_ms BIGINT, signed_in BOOLEAN, campaign STRING>")
  public Row eval(String line) {
    Row row = row(line);
    try (JsonParser parser = JSON.createParser(line)) {
      row.setField(0, read(parser, row));
    } catch (IOException e) {
      row.setField(0, MALFORMED);
    }
    return row;
  }

  /** Or else the planner calls the function again for each field that is taken of its result. */
  @Override
  public boolean isDeterministic() {
    return false;
  }

  /** A row that has nothing but what was read. */
  static Row row(Object original) {
    Row row = new Row(FIELDS.size());
    row.setField(1, original);
    return row;
  }

  /** Fills the row; returns what is wrong, or null. */
  static String read(JsonParser parser, Row row) throws IOException {
    String flaw = parser.nextToken() == JsonToken.START_OBJECT ? null : MALFORMED;
    while (flaw == null && parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      int field = FIELDS.indexOf(name);
      if (field < FIRST_OF_EVENT) {
        return "unknown_field: " + name;
      }
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        Object value = value(parser, name);
        row.setField(field, value);
        flaw = value == null ? "wrong_type: " + name : null;
      }
    }
    return flaw == null && parser.nextToken() != null ? MALFORMED : flaw;
  }

  private static Object value(JsonParser parser, String name) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (name) {
      case "amount" -> token.isNumeric() ? parser.getDoubleValue() : null;
      case "quantity", "duration_ms" ->
          token == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : null;
      case "signed_in" -> token.isBoolean() ? parser.getBooleanValue() : null;
      case "event_time" -> token == JsonToken.VALUE_STRING ? time(parser.getText()) : null;
      default -> token == JsonToken.VALUE_STRING ? parser.getText() : null;
    };
  }

  /** A time, or null. */
  static LocalDateTime time(String text) {
    try {
      return LocalDateTime.parse(text, DateTimeFormatter.ISO_ZONED_DATE_TIME);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
