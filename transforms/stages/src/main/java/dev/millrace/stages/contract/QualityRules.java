package dev.millrace.stages.contract;

import dev.millrace.record.Expectation;
import dev.millrace.record.FieldType;
import dev.millrace.record.Threshold;
import dev.millrace.stages.contract.odcs.Element;
import dev.millrace.stages.contract.odcs.OdcsQuality;
import dev.millrace.stages.contract.odcs.Shape;
import dev.millrace.stages.contract.odcs.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the quality rules of a property, but for those of type sql, which are for {@link SqlRules}:
 * they are over the fields of the whole record. Those of type library that count records by their
 * value ({@code nullValues}, {@code missingValues}, {@code invalidValues}) are enforced on each
 * record if they are errors and demand that there is none; otherwise they are counted. The others
 * are listed as not executed.
 */
final class QualityRules {
  private final Property property;
  private final List<Options> limits = new ArrayList<>();
  private final List<Counted> counted = new ArrayList<>();
  private boolean valueRequired;

  private QualityRules(Property property) {
    this.property = property;
  }

  /** What a rule of values counts: those that aren't there, those that break a limit, or both. */
  private record Meaning(boolean nulls, Optional<Options> limit, String words) {}

  /** A rule that is counted, with what it means. */
  record Counted(Expectation expectation, boolean nulls, Optional<Options> limit) {}

  /** Lists the rules of a property that can't be read. */
  static void listAll(Element object) {
    others(object).forEach(rule -> list(rule, ""));
  }

  private static List<Element> others(Element element) {
    return element.items("quality").stream().filter(rule -> !OdcsQuality.isSql(rule)).toList();
  }

  /** The rules of a schema object: how many records it has. */
  static List<CountedRule> ofObject(Element object) {
    List<CountedRule> rules = new ArrayList<>();
    for (Element rule : others(object)) {
      try {
        rules.add(ofRows(rule));
      } catch (UnexecutedRule e) {
        list(rule, e.getMessage());
      }
    }
    return rules;
  }

  private static CountedRule ofRows(Element rule) throws UnexecutedRule {
    if (!isLibrary(rule) || !rule.text("metric").orElse("").equals("rowCount")) {
      throw new UnexecutedRule("");
    }
    Threshold threshold = Thresholds.of(rule);
    if (threshold.unit() == Threshold.Unit.PERCENT) {
      throw new UnexecutedRule("unit percent");
    }
    listOthers(rule.at("arguments"), Set.of());
    return new CountedRule(expectation(rule, "rowCount", threshold), record -> true);
  }

  static QualityRules of(Property property) {
    QualityRules rules = new QualityRules(property);
    others(property.element()).forEach(rules::read);
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

  /** The rules that let records pass and count them. */
  List<Counted> counted() {
    return counted;
  }

  private void read(Element rule) {
    try {
      if (!isLibrary(rule)) {
        throw new UnexecutedRule("");
      }
      Threshold threshold = Thresholds.of(rule);
      execute(expectation(rule, "", threshold), meaning(rule));
    } catch (UnexecutedRule e) {
      list(rule, e.getMessage());
    }
  }

  private void execute(Expectation expectation, Meaning meaning) {
    if (expectation.isDemanded() && expectation.threshold().demandsNone()) {
      valueRequired |= meaning.nulls;
      meaning.limit.ifPresent(limits::add);
    } else {
      counted.add(new Counted(expectation.withRule(meaning.words), meaning.nulls, meaning.limit));
    }
  }

  /** What a rule expects of the count of what it says in these words. */
  static Expectation expectation(Element rule, String words, Threshold threshold) {
    return new Expectation(
        rule.path(),
        "",
        words,
        Shown.of(rule.text("description").or(() -> rule.text("name")).orElse("")),
        Shown.of(rule.text("severity").orElse(Expectation.ERROR)),
        threshold);
  }

  private Meaning meaning(Element rule) throws UnexecutedRule {
    Optional<Element> arguments = rule.at("arguments");
    return switch (rule.text("metric").orElse("")) {
      case "nullValues" -> {
        listOthers(arguments, Set.of());
        yield new Meaning(true, Optional.empty(), "nullValues");
      }
      case "missingValues" -> missing(arguments);
      case "invalidValues" -> invalid(arguments.orElseThrow(() -> new UnexecutedRule("")));
      default -> throw new UnexecutedRule("");
    };
  }

  /** Whether values can't be compared to those that a rule lists. */
  private boolean isNested() {
    return property.type() == FieldType.OBJECT || property.type() == FieldType.ARRAY;
  }

  /** Without a list of them, it is the values that aren't there which are missing. */
  private Meaning missing(Optional<Element> arguments) throws UnexecutedRule {
    Optional<Element> values = arguments.flatMap(e -> e.at("missingValues"));
    if (isNested() && values.isPresent()) {
      throw new UnexecutedRule("");
    }
    listOthers(arguments, Set.of("missingValues"));
    values.ifPresent(QualityRules::checkList);
    boolean nulls = values.isEmpty() || values.get().items().stream().anyMatch(Element::isNothing);
    Optional<Options> limit =
        values
            .filter(list -> !list.items().stream().allMatch(Element::isNothing))
            .map(list -> Options.ofMissing(property, list));
    String words = limit.map(each -> each.missingRule().text()).orElse("missingValues");
    return new Meaning(nulls, limit, words);
  }

  private Meaning invalid(Element arguments) throws UnexecutedRule {
    Optional<Element> values = arguments.at("validValues");
    Optional<Element> pattern =
        arguments.at("pattern").filter(e -> property.type() == FieldType.STRING);
    if (isNested() || (values.isEmpty() && pattern.isEmpty())) {
      throw new UnexecutedRule("");
    }
    values.ifPresent(QualityRules::checkList);
    pattern.ifPresent(Shape.TEXT::check);
    listOthers(
        Optional.of(arguments),
        pattern.isPresent() ? Set.of("validValues", "pattern") : Set.of("validValues"));
    Options limit = Options.ofInvalid(property, pattern, values.filter(Element::isList));
    return new Meaning(false, Optional.of(limit), "invalidValues, " + limit.words());
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

  private static boolean isLibrary(Element rule) {
    return OdcsQuality.type(rule).equals("library");
  }

  /** Lists a rule as not executed, with the reason where it isn't plain. */
  static void list(Element rule, String reason) {
    String type = OdcsQuality.type(rule);
    String what = rule.text("metric").or(() -> rule.text("rule")).orElse("");
    String line = "%s rule %s".formatted(type, Shown.of(what)).strip();
    rule.unexecuted(reason.isEmpty() ? line : line + ": " + reason);
  }
}
