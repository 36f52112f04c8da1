package dev.millrace.stages.contract.odcs;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a part of a document must look like. Checking reports all that differs: values of another
 * kind, unknown and repeated keys, missing ones.
 */
@FunctionalInterface
public interface Shape {
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

  /** Anything but a list or an object. */
  Shape SCALAR =
      element -> {
        if (element.isList() || element.isObject()) {
          element.invalid("one value");
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

  /** The first of these shapes, and then the second. */
  default Shape and(Shape second) {
    return element -> {
      check(element);
      second.check(element);
    };
  }

  /** Text that the whole of an expression matches. */
  static Shape matching(String expression, String expected) {
    Pattern pattern = Pattern.compile(expression);
    Predicate<String> matches = text -> text.length() < 1_000 && pattern.matcher(text).matches();
    return element -> {
      TEXT.check(element);
      if (element.text().filter(matches.negate()).isPresent()) {
        element.invalid(expected);
      }
    };
  }

  /** The shape that the element itself tells by one of its keys, such as its type. */
  static Shape chosenBy(Function<Element, Shape> choice) {
    return element -> choice.apply(element).check(element);
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

  /** A list of at least one item. */
  static Shape someOf(Shape item) {
    return listOf(item)
        .and(
            element -> {
              if (element.isList() && element.items().isEmpty()) {
                element.error(
                    "Invalid %s: an empty list (expected at least one item)"
                        .formatted(element.name()));
              }
            });
  }

  /** A list of one shape or else another. */
  static Shape listOrElse(Shape list, Shape other) {
    return element -> (element.isList() ? list : other).check(element);
  }

  /** An object with these keys and no others. */
  static Shape object(Key... keys) {
    return object(
        keys, (known, value) -> value.error(Nearest.unknown("key", value.name(), known.keySet())));
  }

  /** An object with these keys, and any others. */
  static Shape openObject(Key... keys) {
    return object(keys, (known, value) -> {});
  }

  private static Shape object(Key[] keys, BiConsumer<Map<String, Key>, Element> onUnknown) {
    Map<String, Key> known = new LinkedHashMap<>();
    Arrays.stream(keys).forEach(key -> known.put(key.name, key));
    return element -> {
      OBJECT.check(element);
      if (!element.isObject()) {
        return;
      }
      element.checkKeysAreUnique();
      Map<String, Element> entries = element.entries();
      entries.forEach(
          (name, value) -> {
            if (known.containsKey(name)) {
              known.get(name).shape.check(value);
            } else {
              onUnknown.accept(known, value);
            }
          });
      known.values().stream()
          .filter(key -> key.required && !entries.containsKey(key.name))
          .forEach(key -> element.error("Missing required value: %s".formatted(key.name)));
    };
  }

  /** A key of an object, the shape of its value, and whether it must be there. */
  record Key(String name, Shape shape, boolean required) {
    static Key must(String name, Shape shape) {
      return new Key(name, shape, true);
    }

    static Key may(String name, Shape shape) {
      return new Key(name, shape, false);
    }

    /** A key that only others of its kind have. */
    static Key only(String others, String name) {
      return may(
          name, value -> value.error("Unknown key: %s (only %s have it)".formatted(name, others)));
    }

    /** Some keys and some more. */
    static Key[] join(Key[] some, Key... more) {
      return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(Key[]::new);
    }
  }
}
