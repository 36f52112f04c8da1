package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.MillraceProperties.DEDUP_KEY;

import dev.millrace.stages.contract.odcs.Element;
import dev.millrace.stages.contract.odcs.Nearest;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads which fields tell that two records are the same: {@code millrace.dedupKey}, or else the
 * primary key, or else the first unique field, or else none.
 */
final class DedupKeyCompiler {
  private static final String CONTENT = "content";

  private DedupKeyCompiler() {}

  /** The fields of the key; none if the whole content is the key. */
  static List<String> compile(MillraceProperties settings, List<Property> properties) {
    List<String> primary = primaryKey(properties);
    List<String> unique =
        properties.stream().filter(p -> p.element().isTrue("unique")).map(Property::name).toList();
    List<String> key =
        settings
            .at(DEDUP_KEY)
            .map(setting -> setting(setting, Property.names(properties)))
            .orElse(primary.isEmpty() ? unique.stream().limit(1).toList() : primary);
    String shown = key.isEmpty() ? "the whole content" : String.join(", ", key);
    boolean primaryIsKey = Set.copyOf(key).equals(Set.copyOf(primary));
    for (Property property : properties) {
      if (property.element().isTrue("unique") && !key.equals(List.of(property.name()))) {
        notChecked(property, "unique", shown);
      }
      if (property.element().isTrue("primaryKey") && !primaryIsKey) {
        notChecked(property, "primaryKey", shown);
      }
    }
    return key;
  }

  private static void notChecked(Property property, String key, String checked) {
    property
        .element()
        .at(key)
        .ifPresent(e -> e.unchecked("%s: duplicates are told by %s".formatted(key, checked)));
  }

  private static List<String> primaryKey(List<Property> properties) {
    Set<Integer> positions = new HashSet<>();
    for (Property property : properties) {
      int position = position(property);
      if (position < Integer.MAX_VALUE && !positions.add(position)) {
        Element element = property.element().at("primaryKeyPosition").orElseThrow();
        element.error("Repeated primaryKeyPosition: %s".formatted(position));
      }
    }
    return properties.stream()
        .filter(property -> property.element().isTrue("primaryKey"))
        .sorted(Comparator.comparingInt(DedupKeyCompiler::position))
        .map(Property::name)
        .toList();
  }

  /** The position of a part of the primary key, those without one last. */
  private static int position(Property property) {
    return property
        .element()
        .at("primaryKeyPosition")
        .filter(element -> property.element().isTrue("primaryKey"))
        .flatMap(Element::integer)
        .filter(position -> position > 0)
        .orElse(Integer.MAX_VALUE);
  }

  private static List<String> setting(Element setting, List<String> known) {
    if (setting.text().filter(CONTENT::equals).isPresent()) {
      return List.of();
    }
    List<Element> fields = setting.items();
    if (fields.isEmpty()) {
      setting.invalid("a list of fields, or content");
    }
    Set<String> seen = new HashSet<>();
    for (Element field : fields) {
      if (!known.contains(field.text().orElse(""))) {
        field.error(Nearest.unknown("field", field.shown(), known));
      } else if (!seen.add(field.shown())) {
        field.error("Repeated field: %s".formatted(field.shown()));
      }
    }
    return fields.stream().map(Element::shown).toList();
  }
}
