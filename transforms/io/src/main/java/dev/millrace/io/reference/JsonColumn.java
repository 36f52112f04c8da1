package dev.millrace.io.reference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.function.Consumer;

/** Reads one field of the objects in a file of one object a line. Empty lines are skipped. */
final class JsonColumn {
  private static final JsonFactory JSON = new JsonFactory();

  private final String column;
  private final Consumer<String> values;
  private boolean known;

  private JsonColumn(String column, Consumer<String> values) {
    this.column = column;
    this.values = values;
  }

  /** Gives the values of the field that are neither null nor the empty text. */
  static void read(BufferedReader text, String column, Consumer<String> values) throws IOException {
    JsonColumn json = new JsonColumn(column, values);
    int number = 0;
    for (String line = text.readLine(); line != null; line = text.readLine()) {
      number++;
      if (!line.isBlank()) {
        try {
          json.object(line);
        } catch (JsonProcessingException e) {
          throw new IOException("line %s is not a JSON object".formatted(number), e);
        } catch (IllegalArgumentException e) {
          throw new IOException("line %s has %s".formatted(number, e.getMessage()), e);
        }
      }
    }
    if (!json.known) {
      throw new IOException("it has no field " + column);
    }
  }

  private void object(String line) throws IOException {
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("no JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(column);
        JsonToken value = parser.nextToken();
        if (wanted) {
          take(value, parser);
        }
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("more than one value");
      }
    }
  }

  private void take(JsonToken value, JsonParser parser) throws IOException {
    known = true;
    if (value == JsonToken.VALUE_STRING || value.isNumeric()) {
      if (!parser.getText().isEmpty()) {
        values.accept(parser.getText());
      }
    } else if (value != JsonToken.VALUE_NULL) {
      throw new IllegalArgumentException("no text or number in field " + column);
    }
  }
}
