package dev.millrace.operate.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What was seen of the values of a field. */
final class FieldProfile {
  private enum Kind {
    INTEGER,
    NUMBER,
    BOOLEAN,
    TEXT,
    OBJECT,
    ARRAY,
    /** What no field can be, such as a number beyond all doubles. */
    OTHER
  }

  private final String name;
  private final FieldLimit limit;
  private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
  private final Range numbers = new Range();
  private final ValueCounts counts = new ValueCounts();
  private TextProfile text;
  private ObjectProfile object;
  private FieldProfile items;
  private long values;

  FieldProfile(String name, FieldLimit limit) {
    this.name = name;
    this.limit = limit;
  }

  void take(JsonNode value, boolean writtenAsText) {
    if (value.isNull()) {
      return;
    }
    values++;
    Kind kind = kind(value);
    kinds.add(kind);
    switch (kind) {
      case INTEGER -> numbers.take(value.longValue());
      case NUMBER -> numbers.take(value.doubleValue());
      case TEXT -> takeText(value.textValue(), writtenAsText);
      case OBJECT -> takeObject((ObjectNode) value);
      case ARRAY -> value.forEach(this::takeItem);
      default -> {}
    }
    if (value.isValueNode()) {
      counts.add(value.asText());
    }
  }

  private static Kind kind(JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return Kind.INTEGER;
    }
    if (value.isNumber()) {
      return Double.isFinite(value.doubleValue()) ? Kind.NUMBER : Kind.OTHER;
    }
    return switch (value.getNodeType()) {
      case BOOLEAN -> Kind.BOOLEAN;
      case STRING -> Kind.TEXT;
      case OBJECT -> Kind.OBJECT;
      case ARRAY -> Kind.ARRAY;
      default -> Kind.OTHER;
    };
  }

  private void takeText(String value, boolean writtenAsText) {
    if (text == null) {
      text = new TextProfile(writtenAsText);
    }
    text.take(value);
  }

  private void takeObject(ObjectNode value) {
    if (object == null) {
      object = new ObjectProfile(limit);
    }
    object.take(value, false);
  }

  private void takeItem(JsonNode value) {
    if (items == null) {
      items = new FieldProfile("items", limit);
    }
    items.take(value, false);
  }

  String name() {
    return name;
  }

  /** How many values there are, null not counted. */
  long values() {
    return values;
  }

  ValueCounts counts() {
    return counts;
  }

  /** The properties of objects; null if there are none. */
  ObjectProfile object() {
    return object;
  }

  /** The elements of arrays; null if there are none. */
  FieldProfile items() {
    return items;
  }

  /** The one type that all values are of; a string if there are none. */
  Optional<Typing> typing() {
    if (kinds.isEmpty()) {
      return Optional.of(Typing.of("string", new Range()));
    }
    if (kinds.equals(EnumSet.of(Kind.INTEGER, Kind.NUMBER))) {
      return Optional.of(Typing.of("number", numbers));
    }
    if (kinds.size() > 1) {
      return Optional.empty();
    }
    return switch (kinds.iterator().next()) {
      case INTEGER -> Optional.of(Typing.of("integer", numbers));
      case NUMBER -> Optional.of(Typing.of("number", numbers));
      case BOOLEAN -> Optional.of(Typing.of("boolean", new Range()));
      case TEXT -> Optional.of(text.typing());
      case OBJECT -> Optional.of(Typing.of("object", new Range()));
      case ARRAY ->
          items == null || items.typing().isPresent()
              ? Optional.of(Typing.of("array", new Range()))
              : Optional.empty();
      case OTHER -> Optional.empty();
    };
  }
}
