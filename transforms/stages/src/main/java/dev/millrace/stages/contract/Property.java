package dev.millrace.stages.contract;

import dev.millrace.record.FieldType;
import dev.millrace.stages.contract.odcs.Element;
import dev.millrace.stages.contract.odcs.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A property of the schema object or of another property, as far as it can be read.
 *
 * @param name empty for what an array consists of
 * @param type null where the contract has none that can be used, which has then been reported
 * @param digits those of a decimal
 */
record Property(Element element, String name, FieldType type, Digits digits) {
  /** Decimals are numbers with a physical type. */
  private static final FieldType[] LOGICAL_TYPES =
      Arrays.stream(FieldType.values())
          .filter(type -> type != FieldType.DECIMAL)
          .toArray(FieldType[]::new);

  private static final List<String> TYPES = Words.of(LOGICAL_TYPES);

  /** The properties of a schema object, or of a property that is an object, that have a name. */
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
      // One without a name is reported already.
      Optional<Element> name = element.at("name").filter(e -> e.text().isPresent());
      name.filter(each -> isUsable(each, names))
          .map(each -> of(element, each.text().orElseThrow()))
          .ifPresent(properties::add);
    }
    return properties;
  }

  private static boolean isUsable(Element name, Set<String> others) {
    String text = name.text().orElseThrow();
    if (text.isEmpty()) {
      name.unusable("Invalid name: an empty text (expected the name of a field)");
    } else if (!others.add(text)) {
      name.error("Repeated property: %s".formatted(name.shown()));
      return false;
    }
    return !text.isEmpty();
  }

  /** What a property that is an array consists of. */
  static Optional<Property> readItems(Element array) {
    Optional<Element> items = array.at("items");
    if (items.isEmpty()) {
      array.unusable("Missing required value: items");
    }
    return items.map(element -> of(element, ""));
  }

  private static Property of(Element element, String name) {
    FieldType type = type(element);
    Optional<Digits> digits =
        PhysicalType.of(element)
            .filter(physical -> type == FieldType.NUMBER)
            .flatMap(PhysicalType::decimal);
    if (digits.isEmpty()) {
      return new Property(element, name, type, Digits.NONE);
    }
    boolean readable = digits.get().precision() > 0;
    return new Property(element, name, readable ? FieldType.DECIMAL : null, digits.get());
  }

  private static FieldType type(Element property) {
    Optional<Element> element = property.at("logicalType");
    if (element.isEmpty()) {
      property.unusable(
          "Missing required value: logicalType (expected %s)".formatted(Words.or(TYPES)));
    }
    return element
        .flatMap(Element::text)
        .flatMap(text -> Words.find(LOGICAL_TYPES, text))
        .orElse(null);
  }

  /** The names of properties. */
  static List<String> names(List<Property> properties) {
    return properties.stream().map(Property::name).toList();
  }
}
