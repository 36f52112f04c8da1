package dev.millrace.stages.contract.odcs;

import static dev.millrace.stages.contract.odcs.OdcsParts.CUSTOM_PROPERTIES;
import static dev.millrace.stages.contract.odcs.OdcsParts.DEFINITIONS;
import static dev.millrace.stages.contract.odcs.OdcsParts.TAGS;
import static dev.millrace.stages.contract.odcs.OdcsTexts.ID;
import static dev.millrace.stages.contract.odcs.Shape.ANY;
import static dev.millrace.stages.contract.odcs.Shape.Key.may;
import static dev.millrace.stages.contract.odcs.Shape.Key.must;
import static dev.millrace.stages.contract.odcs.Shape.Key.only;
import static dev.millrace.stages.contract.odcs.Shape.NUMBER;
import static dev.millrace.stages.contract.odcs.Shape.OBJECT;
import static dev.millrace.stages.contract.odcs.Shape.TEXT;
import static dev.millrace.stages.contract.odcs.Shape.listOf;
import static dev.millrace.stages.contract.odcs.Shape.object;
import static dev.millrace.stages.contract.odcs.Shape.oneOf;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The structure of {@code quality}: which keys each type of rule has. */
public final class OdcsQuality {
  private static final String MEASURES = "rules of type library and sql";
  private static final List<String> TYPES = List.of("text", "library", "sql", "custom");

  private static final Shape RANGE = listOf(NUMBER).and(OdcsQuality::checkRange);

  /** The operators, with the shape of what a measure is compared to. */
  private static final Shape.Key[] OPERATORS = {
    may("mustBe", ANY),
    may("mustNotBe", ANY),
    may("mustBeGreaterThan", NUMBER),
    may("mustBeGreaterOrEqualTo", NUMBER),
    may("mustBeLessThan", NUMBER),
    may("mustBeLessOrEqualTo", NUMBER),
    may("mustBeBetween", RANGE),
    may("mustNotBeBetween", RANGE)
  };

  private static final Map<String, Shape> SHAPES =
      Map.of(
          "text", shape(false, false, false),
          "library", shape(true, false, false),
          "sql", shape(false, true, false),
          "custom", shape(false, false, true),
          "library sql", shape(true, true, false),
          "library custom", shape(true, false, true));

  /** The rules of a schema object or a property. */
  static final Shape RULES = listOf(Shape.chosenBy(rule -> SHAPES.get(kinds(rule))));

  private OdcsQuality() {}

  /** The type of a rule: text where nothing else is said, library where a metric is named. */
  public static String type(Element rule) {
    String otherwise = rule.text("metric").isPresent() ? "library" : "text";
    return rule.text("type").filter(TYPES::contains).orElse(otherwise);
  }

  /** Whether a rule is of type sql. */
  public static boolean isSql(Element rule) {
    return type(rule).equals("sql");
  }

  /** The type, or the two whose keys a rule of another type with a metric needs. */
  private static String kinds(Element rule) {
    String type = type(rule);
    boolean library = rule.text("metric").isPresent();
    return !library || type.equals("library")
        ? type
        : type.equals("text") ? "library" : "library " + type;
  }

  private static Shape shape(boolean library, boolean sql, boolean custom) {
    Shape.Key[] own = {
      library ? must("metric", metric()) : only("rules of type library", "metric"),
      library ? may("rule", TEXT) : only("rules of type library", "rule"),
      library ? may("arguments", OBJECT) : only("rules of type library", "arguments"),
      sql ? must("query", TEXT) : only("rules of type sql", "query"),
      custom ? must("engine", TEXT) : only("rules of type custom", "engine"),
      custom
          ? must("implementation", OdcsQuality::checkImplementation)
          : only("rules of type custom", "implementation")
    };
    boolean measured = library || sql;
    Shape.Key[] operators =
        measured
            ? OPERATORS
            : Arrays.stream(OPERATORS)
                .map(key -> only(MEASURES, key.name()))
                .toArray(Shape.Key[]::new);
    Shape rule = object(Shape.Key.join(Shape.Key.join(common(), own), operators));
    return measured ? rule.and(OdcsQuality::checkOperator) : rule;
  }

  private static Shape.Key[] common() {
    return new Shape.Key[] {
      may("id", ID),
      may("name", TEXT),
      may("description", TEXT),
      may("type", oneOf(TYPES.toArray(String[]::new))),
      may("unit", TEXT),
      may("dimension", dimension()),
      may("severity", TEXT),
      may("method", TEXT),
      may("businessImpact", TEXT),
      may("schedule", TEXT),
      may("scheduler", TEXT),
      may("tags", TAGS),
      may("authoritativeDefinitions", DEFINITIONS),
      may("customProperties", CUSTOM_PROPERTIES)
    };
  }

  private static Shape metric() {
    return oneOf("nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount");
  }

  private static Shape dimension() {
    return oneOf(
        "accuracy",
        "completeness",
        "conformity",
        "consistency",
        "coverage",
        "timeliness",
        "uniqueness");
  }

  private static void checkImplementation(Element element) {
    if (!element.isObject() && element.text().isEmpty()) {
      element.invalid("text or an object");
    }
  }

  private static void checkOperator(Element rule) {
    if (!rule.isObject()) {
      return;
    }
    List<String> given =
        Arrays.stream(OPERATORS)
            .map(Shape.Key::name)
            .filter(key -> rule.at(key).isPresent())
            .toList();
    if (given.isEmpty()) {
      rule.error("Missing required value: mustBe or another operator");
    } else if (given.size() > 1) {
      rule.error("Cannot use %s together: a rule has one operator".formatted(Words.and(given)));
    }
  }

  private static void checkRange(Element range) {
    List<BigDecimal> numbers = range.items().stream().flatMap(e -> e.number().stream()).toList();
    boolean same = numbers.size() == 2 && numbers.get(0).compareTo(numbers.get(1)) == 0;
    if (range.isList() && (range.items().size() != 2 || same)) {
      range.invalid("a list of two different numbers");
    }
  }
}
