package dev.millrace.operate.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was seen of objects: their fields, in the order of first appearance. */
final class ObjectProfile {
  private final FieldLimit limit;
  private final Map<String, FieldProfile> fields = new LinkedHashMap<>();
  private long count;

  ObjectProfile(FieldLimit limit) {
    this.limit = limit;
  }

  /**
   * Takes note of an object.
   *
   * @param text whether all values are written as text, whatever their type
   */
  void take(ObjectNode object, boolean text) {
    count++;
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      fields.computeIfAbsent(entry.getKey(), this::added).take(entry.getValue(), text);
    }
  }

  private FieldProfile added(String name) {
    limit.add(name);
    return new FieldProfile(name, limit);
  }

  /** How many objects there were. */
  long count() {
    return count;
  }

  Collection<FieldProfile> fields() {
    return fields.values();
  }

  /** Whether every object has a value for the field. */
  boolean isRequired(FieldProfile field) {
    return field.values() == count;
  }
}
