package dev.millrace.stages.contract.odcs;

import static dev.millrace.stages.contract.odcs.Shape.FLAG;
import static dev.millrace.stages.contract.odcs.Shape.Key.may;
import static dev.millrace.stages.contract.odcs.Shape.LENGTH;
import static dev.millrace.stages.contract.odcs.Shape.NUMBER;
import static dev.millrace.stages.contract.odcs.Shape.OBJECT;
import static dev.millrace.stages.contract.odcs.Shape.STEP;
import static dev.millrace.stages.contract.odcs.Shape.TEXT;
import static dev.millrace.stages.contract.odcs.Shape.object;
import static dev.millrace.stages.contract.odcs.Shape.oneOf;
import static dev.millrace.stages.contract.odcs.Shape.someOf;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The structure of {@code logicalTypeOptions}: which keys each logical type has. */
final class OdcsOptions {
  private static final Shape TIMES =
      object(
          Shape.Key.join(
              bounds(TEXT),
              may("format", TEXT),
              may("timezone", FLAG),
              may("defaultTimezone", TEXT)));

  private static final Map<String, Shape> SHAPES =
      Map.of(
          "string",
          object(
              may("minLength", LENGTH),
              may("maxLength", LENGTH),
              may("pattern", TEXT),
              may("format", TEXT)),
          "integer",
          numbers("i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128"),
          "number",
          numbers("f32", "f64"),
          "date",
          object(Shape.Key.join(bounds(TEXT), may("format", TEXT))),
          "timestamp",
          TIMES,
          "time",
          TIMES,
          "object",
          object(
              may("minProperties", LENGTH),
              may("maxProperties", LENGTH),
              may("required", someOf(TEXT).and(OdcsOptions::refuseRepeats))),
          "array",
          object(may("minItems", LENGTH), may("maxItems", LENGTH), may("uniqueItems", FLAG)));

  private OdcsOptions() {}

  /** The options of a logical type; those of a boolean, or of no known type, can be any. */
  static Shape of(String logicalType) {
    return SHAPES.getOrDefault(logicalType, OBJECT);
  }

  /** The options of a property that doesn't say its type: none, as they belong to a type. */
  static Shape ofNoType() {
    return OBJECT.and(
        options -> {
          if (!options.entries().isEmpty()) {
            options.error("Cannot use logicalTypeOptions: the property has no logicalType");
          }
        });
  }

  private static Shape numbers(String... formats) {
    return object(
        Shape.Key.join(bounds(NUMBER), may("multipleOf", STEP), may("format", oneOf(formats))));
  }

  private static Shape.Key[] bounds(Shape value) {
    return new Shape.Key[] {
      may("minimum", value),
      may("maximum", value),
      may("exclusiveMinimum", value),
      may("exclusiveMaximum", value)
    };
  }

  private static void refuseRepeats(Element list) {
    Set<String> seen = new HashSet<>();
    for (Element item : list.items()) {
      if (item.text().filter(text -> !seen.add(text)).isPresent()) {
        item.error("Repeated property: %s".formatted(item.shown()));
      }
    }
  }
}
