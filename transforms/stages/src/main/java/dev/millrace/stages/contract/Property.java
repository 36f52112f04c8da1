package dev.millrace.stages.contract;

import dev.millrace.record.FieldType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A property of the schema object, as far as it can be read.
 *
 * @param type null where the contract has none that can be used, which has then been reported
 */
record Property(Element element, String name, FieldType type) {
  /** The types that decoders read; records have more. */
  private static final FieldType[] READABLE = {
    FieldType.STRING,
    FieldType.INTEGER,
    FieldType.NUMBER,
    FieldType.BOOLEAN,
    FieldType.DATE,
    FieldType.TIMESTAMP
  };

  private static final List<String> TYPES = Words.of(READABLE);
  private static final Set<String> OTHER_TYPES = Set.of("object", "array", "time");

  /** The properties of a schema object that have a name. */
  static List<Property> read(Element object) {
    Optional<Element> list = object.at("properties");
    if (list.isEmpty()) {
      object.unusable("Missing required value: properties");
    } else if (list.get().isList() && list.get().items().isEmpty()) {
      list.get().unusable("Invalid properties: an empty list (expected at least one property)");
    }
    List<Property> properties = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Element element : object.items("properties")) {
      Optional<Element> name = element.at("name");
      name.flatMap(Element::text)
          .map(text -> new Property(element, text, type(element)))
          .ifPresent(properties::add);
      if (name.flatMap(Element::text).filter(text -> !names.add(text)).isPresent()) {
        name.get().error("Repeated property: %s".formatted(name.get().shown()));
      }
    }
    return properties;
  }

  private static FieldType type(Element property) {
    Optional<Element> element = property.at("logicalType");
    if (element.isEmpty()) {
      property.unusable(
          "Missing required value: logicalType (expected %s)".formatted(Words.or(TYPES)));
    }
    String text = element.flatMap(Element::text).orElse("");
    if (OTHER_TYPES.contains(text)) {
      element
          .get()
          .unusable(
              "Cannot read logicalType %s: this version reads %s"
                  .formatted(text, Words.and(TYPES)));
    }
    return Words.find(READABLE, text).orElse(null);
  }

  /** The names of properties. */
  static List<String> names(List<Property> properties) {
    return properties.stream().map(Property::name).toList();
  }
}
