package dev.millrace.stages.contract;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a part of a document must look like. Checking reports all that differs: values of another
 * kind, unknown and repeated keys, missing ones.
 */
@FunctionalInterface
interface Shape {
  /** Anything at all. */
  Shape ANY = element -> {};

  Shape TEXT =
      element -> {
        if (element.text().isEmpty()) {
          boolean unquoted = !element.isNothing() && !element.isList() && !element.isObject();
          element.invalid(unquoted ? "text: put it in quotes" : "text");
        }
      };

  Shape FLAG =
      element -> {
        if (element.flag().isEmpty()) {
          element.invalid("true or false");
        }
      };

  Shape NUMBER =
      element -> {
        if (element.number().isEmpty()) {
          element.invalid("a number");
        }
      };

  Shape INTEGER =
      element -> {
        if (element.integer().isEmpty()) {
          element.invalid("a whole number");
        }
      };

  /** A whole number from 0. */
  Shape LENGTH =
      element -> {
        if (element.integer().filter(length -> length >= 0).isEmpty()) {
          element.invalid("a whole number from 0");
        }
      };

  /** A number above 0. */
  Shape STEP =
      element -> {
        if (element.number().filter(step -> step.signum() > 0).isEmpty()) {
          element.invalid("a number above 0");
        }
      };

  /** An object with any keys. */
  Shape OBJECT =
      element -> {
        if (!element.isObject()) {
          element.invalid("an object");
        }
      };

  void check(Element element);

  /** One of these texts. */
  static Shape oneOf(String... values) {
    List<String> known = List.of(values);
    return element -> {
      if (element.text().filter(known::contains).isEmpty()) {
        element.invalid(Words.or(known));
      }
    };
  }

  /** A list whose items have a shape. */
  static Shape listOf(Shape item) {
    return element -> {
      if (element.isList()) {
        element.items().forEach(item::check);
      } else {
        element.invalid("a list");
      }
    };
  }

  /** A list of one shape or else another. */
  static Shape listOrElse(Shape list, Shape other) {
    return element -> (element.isList() ? list : other).check(element);
  }

  /** An object with these keys and no others. */
  static Shape object(Key... keys) {
    Map<String, Key> known = new LinkedHashMap<>();
    Arrays.stream(keys).forEach(key -> known.put(key.name, key));
    return element -> {
      OBJECT.check(element);
      if (!element.isObject()) {
        return;
      }
      element.checkKeysAreUnique();
      Map<String, Element> entries = element.entries();
      entries.forEach((name, value) -> check(known, name, value));
      known.values().stream()
          .filter(key -> key.required && !entries.containsKey(key.name))
          .forEach(key -> element.error("Missing required value: %s".formatted(key.name)));
    };
  }

  private static void check(Map<String, Key> known, String name, Element value) {
    Key key = known.get(name);
    if (key == null) {
      value.error(Nearest.unknown("key", name, known.keySet()));
    } else {
      key.shape.check(value);
    }
  }

  /** A key of an object, the shape of its value, and whether it must be there. */
  record Key(String name, Shape shape, boolean required) {
    static Key must(String name, Shape shape) {
      return new Key(name, shape, true);
    }

    static Key may(String name, Shape shape) {
      return new Key(name, shape, false);
    }
  }
}
