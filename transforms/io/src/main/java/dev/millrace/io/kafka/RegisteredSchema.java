package dev.millrace.io.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A schema as a registry gives it.
 *
 * @param type such as {@code AVRO}, which it also is where the registry doesn't say
 * @param references the schemas whose names it uses
 */
record RegisteredSchema(String schema, String type, List<Reference> references) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String AVRO = "AVRO";

  /** The version of a schema that another one refers to. */
  record Reference(String subject, int version) {
    @Override
    public String toString() {
      return "version %d of %s".formatted(version, subject);
    }
  }

  boolean isAvro() {
    return type.equals(AVRO);
  }

  /**
   * Parses an answer.
   *
   * @throws IOException if it is none: something between here and the registry has answered
   */
  static RegisteredSchema parse(byte[] body) throws IOException {
    String schema = null;
    String type = AVRO;
    List<Reference> references = List.of();
    try (JsonParser json = JSON.createParser(body)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "schema" -> schema = json.getValueAsString();
          case "schemaType" -> type = json.getValueAsString(AVRO);
          case "references" -> references = references(json);
          default -> json.skipChildren();
        }
      }
    }
    if (schema == null) {
      throw new IOException("an answer without a schema");
    }
    return new RegisteredSchema(schema, type, references);
  }

  private static List<Reference> references(JsonParser json) throws IOException {
    List<Reference> references = new ArrayList<>();
    while (json.currentToken() != JsonToken.VALUE_NULL && json.nextToken() != JsonToken.END_ARRAY) {
      String subject = "";
      int version = 0;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "subject" -> subject = json.getValueAsString("");
          case "version" -> version = json.getValueAsInt();
          default -> json.skipChildren();
        }
      }
      references.add(new Reference(subject, version));
    }
    return references;
  }

  /** The code in an answer that says what is wrong; zero without one. */
  static int errorCode(byte[] body) {
    try (JsonParser json = JSON.createParser(body)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals("error_code")) {
          return json.getValueAsInt();
        }
        json.skipChildren();
      }
    } catch (IOException e) {
      // A page of whatever else is there.
      return 0;
    }
    return 0;
  }
}
