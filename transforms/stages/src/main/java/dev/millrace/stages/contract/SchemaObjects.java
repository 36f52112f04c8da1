package dev.millrace.stages.contract;

import dev.millrace.stages.contract.odcs.Element;
import dev.millrace.stages.contract.odcs.Nearest;
import dev.millrace.stages.contract.odcs.Shown;
import dev.millrace.stages.contract.odcs.Words;
import java.util.List;
import java.util.Optional;

/** The schema objects of a document, and which of them a run reads. */
final class SchemaObjects {
  private final Element root;

  SchemaObjects(Element root) {
    this.root = root;
  }

  /** All of them; where there is none, that is reported. */
  List<Element> all() {
    Optional<Element> schema = root.at("schema");
    if (schema.isEmpty() && root.isObject()) {
      root.unusable("Missing required value: schema");
    }
    List<Element> objects = root.items("schema");
    if (schema.filter(Element::isList).isPresent() && objects.isEmpty()) {
      schema.get().unusable("Invalid schema: an empty list (expected at least one object)");
    }
    return objects;
  }

  /** The one with a name, or else the only one; empty with a report if it can't be told. */
  Optional<Element> choose(Optional<String> name) {
    List<Element> objects = all();
    if (name.isPresent() && !objects.isEmpty()) {
      return named(name.get(), objects);
    }
    if (objects.size() > 1) {
      schema()
          .unusable(
              "Cannot choose from %s schema objects: name one of %s"
                  .formatted(objects.size(), Words.or(names(objects))));
      return Optional.empty();
    }
    return objects.stream().findFirst();
  }

  private Optional<Element> named(String name, List<Element> objects) {
    List<Element> found =
        objects.stream().filter(object -> names(List.of(object)).contains(name)).toList();
    if (found.isEmpty()) {
      schema().unusable(Nearest.unknown("schema object", name, names(objects)));
    } else if (found.size() > 1) {
      schema().unusable("Repeated schema object: %s".formatted(Shown.of(name)));
    }
    return found.stream().findFirst();
  }

  private static List<String> names(List<Element> objects) {
    return objects.stream().flatMap(object -> object.text("name").stream()).toList();
  }

  private Element schema() {
    return root.at("schema").orElseThrow();
  }
}
