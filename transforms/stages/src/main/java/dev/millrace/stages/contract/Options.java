package dev.millrace.stages.contract;

import dev.millrace.record.FieldType;
import dev.millrace.record.RejectReason;
import dev.millrace.stages.contract.odcs.Element;
import dev.millrace.stages.contract.odcs.Shown;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a property, or one of its quality rules, says of its values, with the words for it.
 *
 * @param property the property
 * @param physicalType what narrows the type
 * @param options the {@code logicalTypeOptions}
 * @param pattern the expression that is to be found in a text
 * @param validValues the list of the only valid values
 * @param missingValues the list of values that count as missing
 */
record Options(
    Property property,
    Optional<PhysicalType> physicalType,
    Optional<Element> options,
    Optional<Element> pattern,
    Optional<Element> validValues,
    Optional<Element> missingValues) {

  /** What a property says itself. */
  static Options of(Property property) {
    Optional<Element> options = property.element().at("logicalTypeOptions");
    Optional<Element> pattern = options.flatMap(element -> element.at("pattern"));
    return new Options(
        property,
        PhysicalType.of(property.element()),
        options,
        pattern,
        Optional.empty(),
        Optional.empty());
  }

  /** What a rule says that counts invalid values. */
  static Options ofInvalid(
      Property property, Optional<Element> pattern, Optional<Element> validValues) {
    return new Options(
        property, Optional.empty(), Optional.empty(), pattern, validValues, Optional.empty());
  }

  /** What a rule says that counts missing values. */
  static Options ofMissing(Property property, Element values) {
    return new Options(
        property,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(values));
  }

  /** The type of the property. */
  FieldType type() {
    return property.type();
  }

  /** The digits after the point of a decimal. */
  int scale() {
    return property.digits().scale();
  }

  /** The value of an option. */
  Optional<Element> at(String key) {
    return options.flatMap(element -> element.at(key));
  }

  /** The value that a multiple must be of. */
  Optional<BigDecimal> step() {
    return at("multipleOf").flatMap(Element::number).filter(number -> number.signum() > 0);
  }

  Rule stepRule() {
    Element step = at("multipleOf").orElseThrow();
    return rule(RejectReason.INVALID_VALUE, step, "a multiple of " + step.shown());
  }

  /** The rule of an option. */
  static Rule rule(RejectReason reason, Element option, String expected) {
    return Rule.of(reason, option.name(), option.shown(), expected);
  }

  /** The rule of a bound, whose value is that of the option. */
  static Rule rule(Bound bound, Element option) {
    return rule(RejectReason.OUT_OF_RANGE, option, bound.words() + " " + option.shown());
  }

  /** The rule of the valid values. */
  Rule validRule() {
    String values =
        validValues.stream()
            .flatMap(list -> list.items().stream())
            .map(Element::shown)
            .collect(Collectors.joining(", "));
    String shown = Shown.of(values);
    return Rule.of(RejectReason.INVALID_VALUE, "validValues", shown, "one of " + shown);
  }

  /** The rule of the values that count as missing. */
  Rule missingRule() {
    String values =
        missingValues.stream()
            .flatMap(list -> list.items().stream())
            .filter(item -> !item.isNothing())
            .map(item -> item.text().isPresent() ? '"' + item.shown() + '"' : item.shown())
            .collect(Collectors.joining(", "));
    String shown = Shown.of(values);
    return Rule.of(RejectReason.MISSING_FIELD, "missingValues", shown, "none of " + shown);
  }

  /** What a rule says of invalid values, in one line: {@code validValues: a, b, pattern: ^.$}. */
  String words() {
    List<String> words = new ArrayList<>();
    validValues.ifPresent(list -> words.add(validRule().text()));
    pattern.ifPresent(text -> words.add(text.name() + ": " + text.shown()));
    return String.join(", ", words);
  }

  /** The missing values that a field of the type can have. */
  <T> List<T> missing(Function<Element, Optional<T>> reader) {
    return missingValues.stream()
        .flatMap(list -> list.items().stream())
        .flatMap(item -> reader.apply(item).stream())
        .toList();
  }

  /** The valid values as they are read; those that can't be are reported. */
  <T> List<T> values(Function<Element, Optional<T>> reader, String expected) {
    List<Element> items = validValues.map(Element::items).orElse(List.of());
    items.stream()
        .filter(item -> reader.apply(item).isEmpty())
        .forEach(item -> item.invalid(expected));
    return items.stream().flatMap(item -> reader.apply(item).stream()).toList();
  }

  /** Reports two limits that leave no value. */
  void refuseEmpty(Rule min, Rule max) {
    options.ifPresent(
        element ->
            element.error(
                "Invalid logicalTypeOptions: no value is %s and %s"
                    .formatted(min.expected(), max.expected())));
  }
}
