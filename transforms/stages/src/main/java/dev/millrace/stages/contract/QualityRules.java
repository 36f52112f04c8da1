package dev.millrace.stages.contract;

import java.util.List;
import java.util.Optional;

/**
 * Reads quality rules. One kind is enforced on each record: a property's {@code invalidValues} with
 * {@code validValues} that {@code mustBe: 0}, unless it is only a warning. The others speak of a
 * data set as a whole, or to another engine, and are listed as not checked.
 */
final class QualityRules {
  private static final Shape METRIC =
      Shape.oneOf("nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount");
  private static final List<String> OPERATORS =
      List.of(
          "mustBe",
          "mustNotBe",
          "mustBeGreaterThan",
          "mustBeGreaterOrEqualTo",
          "mustBeLessThan",
          "mustBeLessOrEqualTo",
          "mustBeBetween",
          "mustNotBeBetween");

  private QualityRules() {}

  /** Checks the rules of a schema object, and lists them. */
  static void list(Element object) {
    object.items("quality").forEach(QualityRules::checkAndList);
  }

  /** The list of a property's valid values that is to be enforced. The other rules are listed. */
  static Optional<Element> validValues(Element property) {
    Optional<Element> found = Optional.empty();
    for (Element rule : property.items("quality")) {
      if (found.isEmpty() && isEnforced(rule)) {
        check(rule);
        found = rule.at("arguments").flatMap(QualityRules::enforced);
      } else {
        checkAndList(rule);
      }
    }
    return found;
  }

  private static boolean isEnforced(Element rule) {
    return kind(rule).equals("library")
        && rule.text("metric").filter("invalidValues"::equals).isPresent()
        && rule.at("arguments")
            .filter(arguments -> arguments.at("validValues").isPresent())
            .isPresent()
        && rule.at("mustBe").flatMap(Element::number).filter(n -> n.signum() == 0).isPresent()
        && rule.text("severity").filter(severity -> !severity.equals("error")).isEmpty();
  }

  private static Optional<Element> enforced(Element arguments) {
    arguments.entries().values().stream()
        .filter(argument -> !argument.name().equals("validValues"))
        .forEach(argument -> argument.unchecked("argument %s".formatted(argument.name())));
    Element values = arguments.at("validValues").orElseThrow();
    if (values.items().isEmpty()) {
      values.invalid("a list of at least one value");
    }
    return Optional.of(values).filter(Element::isList);
  }

  private static void checkAndList(Element rule) {
    check(rule);
    String kind = kind(rule);
    String what = rule.text("metric").or(() -> rule.text("rule")).orElse("");
    rule.unchecked("%s rule %s".formatted(kind, what).strip());
  }

  /** Checks what a kind of rule needs. */
  private static void check(Element rule) {
    switch (kind(rule)) {
      case "library" -> {
        rule.at("metric").ifPresent(METRIC::check);
        if (rule.at("rule").isEmpty()) {
          require(rule, "metric");
        }
        requireOperator(rule);
      }
      case "sql" -> {
        require(rule, "query");
        requireOperator(rule);
      }
      case "custom" -> {
        require(rule, "engine");
        require(rule, "implementation");
      }
      default -> {}
    }
  }

  private static void require(Element rule, String key) {
    if (rule.at(key).isEmpty()) {
      rule.error("Missing required value: %s".formatted(key));
    }
  }

  private static void requireOperator(Element rule) {
    List<String> given = OPERATORS.stream().filter(key -> rule.at(key).isPresent()).toList();
    if (given.isEmpty()) {
      rule.error("Missing required value: mustBe or another operator");
    } else if (given.size() > 1) {
      rule.error("Cannot use %s together: a rule has one operator".formatted(Words.and(given)));
    }
  }

  private static String kind(Element rule) {
    boolean measured = rule.at("metric").isPresent() || rule.at("rule").isPresent();
    return rule.text("type").orElse(measured ? "library" : "text");
  }
}
