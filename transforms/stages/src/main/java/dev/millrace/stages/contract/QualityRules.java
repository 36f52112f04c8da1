package dev.millrace.stages.contract;

import dev.millrace.record.FieldType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the quality rules of a property. Those of type library that count values ({@code
 * nullValues}, {@code missingValues}, {@code invalidValues}) and demand that there is none are
 * enforced on each record, unless they are only a warning. The others speak of a data set as a
 * whole, or to another engine, and are listed as not executed.
 */
final class QualityRules {
  private final Property property;
  private final List<Options> limits = new ArrayList<>();
  private boolean valueRequired;

  private QualityRules(Property property) {
    this.property = property;
  }

  /** Lists the rules of a schema object, or of a property that can't be read. */
  static void listAll(Element object) {
    object.items("quality").forEach(QualityRules::list);
  }

  static QualityRules of(Property property) {
    QualityRules rules = new QualityRules(property);
    property.element().items("quality").forEach(rules::read);
    return rules;
  }

  /** Whether a record must have a value. */
  boolean valueRequired() {
    return valueRequired;
  }

  /** What each rule limits the values to. */
  List<Options> limits() {
    return limits;
  }

  private void read(Element rule) {
    boolean enforced =
        OdcsQuality.type(rule).equals("library")
            && demandsNone(rule)
            && rule.text("severity").filter(severity -> !severity.equals("error")).isEmpty()
            && enforce(rule);
    if (!enforced) {
      list(rule);
    }
  }

  private boolean enforce(Element rule) {
    Optional<Element> arguments = rule.at("arguments");
    return switch (rule.text("metric").orElse("")) {
      case "nullValues" -> {
        listOthers(arguments, Set.of());
        valueRequired = true;
        yield true;
      }
      case "missingValues" -> {
        if (isNested() && arguments.flatMap(e -> e.at("missingValues")).isPresent()) {
          yield false;
        }
        listOthers(arguments, Set.of("missingValues"));
        enforceMissing(arguments.flatMap(e -> e.at("missingValues")));
        yield true;
      }
      case "invalidValues" -> !isNested() && arguments.filter(this::enforceInvalid).isPresent();
      default -> false;
    };
  }

  /** Whether values can't be compared to those that a rule lists. */
  private boolean isNested() {
    return property.type() == FieldType.OBJECT || property.type() == FieldType.ARRAY;
  }

  /** Without a list of them, it is the values that aren't there which are missing. */
  private void enforceMissing(Optional<Element> values) {
    values.ifPresent(QualityRules::checkList);
    valueRequired |= values.isEmpty() || values.get().items().stream().anyMatch(Element::isNothing);
    values
        .filter(list -> !list.items().stream().allMatch(Element::isNothing))
        .ifPresent(list -> limits.add(Options.ofMissing(property, list)));
  }

  private boolean enforceInvalid(Element arguments) {
    Optional<Element> values = arguments.at("validValues");
    Optional<Element> pattern =
        arguments.at("pattern").filter(e -> property.type() == FieldType.STRING);
    if (values.isEmpty() && pattern.isEmpty()) {
      return false;
    }
    values.ifPresent(QualityRules::checkList);
    pattern.ifPresent(Shape.TEXT::check);
    listOthers(
        Optional.of(arguments),
        pattern.isPresent() ? Set.of("validValues", "pattern") : Set.of("validValues"));
    limits.add(Options.ofInvalid(property, pattern, values.filter(Element::isList)));
    return true;
  }

  private static void checkList(Element values) {
    if (values.items().isEmpty()) {
      values.invalid("a list of at least one value");
    }
  }

  private static void listOthers(Optional<Element> arguments, Set<String> executed) {
    arguments.stream()
        .flatMap(element -> element.entries().values().stream())
        .filter(argument -> !executed.contains(argument.name()))
        .forEach(argument -> argument.unexecuted("argument %s".formatted(argument.name())));
  }

  /** Whether the operator lets no value break the rule. */
  private static boolean demandsNone(Element rule) {
    Optional<BigDecimal> below = number(rule, "mustBeLessThan");
    // Less than one row is none; less than one percent is a threshold.
    boolean counts = rule.text("unit").filter(unit -> !unit.equals("rows")).isEmpty();
    boolean lessThanOne =
        counts && below.filter(n -> n.signum() > 0 && n.compareTo(BigDecimal.ONE) <= 0).isPresent();
    Optional<BigDecimal> most = number(rule, "mustBeLessOrEqualTo");
    boolean lessThanNext =
        most.filter(n -> n.signum() == 0 || (counts && isFraction(n))).isPresent();
    return lessThanOne
        || lessThanNext
        || number(rule, "mustBe").filter(n -> n.signum() == 0).isPresent();
  }

  private static boolean isFraction(BigDecimal number) {
    return number.signum() > 0 && number.compareTo(BigDecimal.ONE) < 0;
  }

  private static Optional<BigDecimal> number(Element rule, String operator) {
    return rule.at(operator).flatMap(Element::number);
  }

  private static void list(Element rule) {
    String type = OdcsQuality.type(rule);
    String what = rule.text("metric").or(() -> rule.text("rule")).orElse("");
    rule.unexecuted("%s rule %s".formatted(type, Shown.of(what)).strip());
  }
}
