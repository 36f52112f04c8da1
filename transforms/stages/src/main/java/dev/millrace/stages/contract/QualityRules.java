package dev.millrace.stages.contract;

import java.util.Optional;

/**
 * Reads quality rules. One kind is enforced on each record: a property's {@code invalidValues} with
 * {@code validValues} that {@code mustBe: 0}, unless it is only a warning. The others speak of a
 * data set as a whole, or to another engine, and are listed as not executed.
 */
final class QualityRules {
  private QualityRules() {}

  /** Lists the rules of a schema object. */
  static void listAll(Element object) {
    object.items("quality").forEach(QualityRules::list);
  }

  /** The list of a property's valid values that is to be enforced. The other rules are listed. */
  static Optional<Element> validValues(Element property) {
    Optional<Element> found = Optional.empty();
    for (Element rule : property.items("quality")) {
      if (found.isEmpty() && isEnforced(rule)) {
        found = rule.at("arguments").flatMap(QualityRules::enforced);
      } else {
        list(rule);
      }
    }
    return found;
  }

  private static boolean isEnforced(Element rule) {
    return OdcsQuality.type(rule).equals("library")
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

  private static void list(Element rule) {
    String type = OdcsQuality.type(rule);
    String what = rule.text("metric").or(() -> rule.text("rule")).orElse("");
    rule.unexecuted("%s rule %s".formatted(type, Shown.of(what)).strip());
  }
}
