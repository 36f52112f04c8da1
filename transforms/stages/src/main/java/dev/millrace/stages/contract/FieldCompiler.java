package dev.millrace.stages.contract;

import dev.millrace.record.FieldType;
import dev.millrace.record.RecordSchema;
import dev.millrace.stages.contract.odcs.Element;
import dev.millrace.stages.contract.odcs.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compiles a property, with those that it consists of, to the rule of a field. */
final class FieldCompiler {
  private static final String ELEMENT = "element";

  private final MillraceProperties settings;

  FieldCompiler(MillraceProperties settings) {
    this.settings = settings;
  }

  /** The rule; empty if the property has no type that can be used. */
  Optional<FieldRule> compile(Property property) {
    return compile(property, settings.isPartOfEventTime(property));
  }

  private Optional<FieldRule> compile(Property property, boolean demanded) {
    Element element = property.element();
    MillraceProperties.refuseIn(element);
    listUnchecked(property);
    if (property.type() == null) {
      QualityRules.listAll(element);
      return Optional.empty();
    }
    QualityRules quality = QualityRules.of(property);
    boolean required = element.isTrue("required") || demanded || quality.valueRequired();
    Optional<FieldRule> rule =
        switch (property.type()) {
          case OBJECT -> object(property, !required);
          case ARRAY -> array(property, !required);
          default -> Optional.of(scalar(property, !required, quality));
        };
    return rule.map(each -> each.withTolerances(tolerances(quality, each)));
  }

  private List<Tolerance> tolerances(QualityRules quality, FieldRule rule) {
    return quality.counted().stream()
        .map(
            counted ->
                new Tolerance(
                    counted.expectation(),
                    counted.nulls(),
                    counted
                        .limit()
                        .map(limit -> limited(limit.property(), rule.field(), List.of(limit)))
                        .orElse(null)))
        .toList();
  }

  private Optional<FieldRule> object(Property property, boolean nullable) {
    Options options = Options.of(property);
    List<Property> properties = Property.read(property.element());
    Set<String> required = required(options, Property.names(properties));
    FieldCompiler nested = new FieldCompiler(MillraceProperties.none(property.element()));
    List<FieldRule> rules =
        properties.stream()
            .flatMap(each -> nested.compile(each, required.contains(each.name())).stream())
            .toList();
    properties.forEach(FieldCompiler::listKeys);
    if (rules.isEmpty()) {
      return Optional.empty(); // reported
    }
    RecordSchema schema =
        RecordSchema.of(property.name(), rules.stream().map(FieldRule::field).toList());
    return Optional.of(
        FieldRule.ofNested(
            new RecordSchema.Field(name(property), FieldType.OBJECT, nullable, 0, 0, schema),
            CountLimits.ofProperties(options),
            rules));
  }

  /** The properties that {@code required} in the options of an object demands. */
  private static Set<String> required(Options options, List<String> known) {
    List<Element> names = options.at("required").map(Element::items).orElse(List.of());
    names.stream()
        .filter(name -> name.text().filter(text -> !known.contains(text)).isPresent())
        .forEach(name -> name.unusable(Nearest.unknown("property", name.shown(), known)));
    return names.stream().flatMap(name -> name.text().stream()).collect(Collectors.toSet());
  }

  private Optional<FieldRule> array(Property property, boolean nullable) {
    FieldCompiler nested = new FieldCompiler(MillraceProperties.none(property.element()));
    Optional<Property> items = Property.readItems(property.element());
    items.ifPresent(FieldCompiler::listKeys);
    CountLimits counts = CountLimits.ofItems(Options.of(property));
    return items
        .flatMap(each -> nested.compile(each, false))
        .map(element -> array(property, nullable, counts, element));
  }

  private static FieldRule array(
      Property property, boolean nullable, CountLimits counts, FieldRule element) {
    RecordSchema elements = RecordSchema.Field.array(property.name(), element.field()).nested();
    return FieldRule.ofNested(
        new RecordSchema.Field(name(property), FieldType.ARRAY, nullable, 0, 0, elements),
        counts,
        List.of(element.asElement()));
  }

  private FieldRule scalar(Property property, boolean nullable, QualityRules quality) {
    Digits digits = property.digits();
    RecordSchema.Field field =
        new RecordSchema.Field(
            name(property), property.type(), nullable, digits.precision(), digits.scale(), null);
    List<Options> options = new ArrayList<>(List.of(Options.of(property)));
    options.addAll(quality.limits());
    return limited(property, field, options);
  }

  private FieldRule limited(Property property, RecordSchema.Field field, List<Options> options) {
    return switch (field.type()) {
      case STRING -> FieldRule.ofTexts(field, compiled(options, TextLimitsCompiler::compile));
      case NUMBER -> FieldRule.ofNumbers(field, compiled(options, DoubleLimitsCompiler::compile));
      case DATE, TIME, TIMESTAMP -> ofLongs(field, TimeFormats.of(property, settings), options);
      default -> ofLongs(field, null, options);
    };
  }

  /** What an array consists of has no name, but a field needs one. */
  private static String name(Property property) {
    return property.name().isEmpty() ? ELEMENT : property.name();
  }

  private static FieldRule ofLongs(
      RecordSchema.Field field, TimeFormat format, List<Options> options) {
    return FieldRule.of(
        field, format, compiled(options, each -> LongLimitsCompiler.compile(each, format)));
  }

  private static <T> List<T> compiled(List<Options> options, Function<Options, T> compiler) {
    return options.stream().map(compiler).toList();
  }

  /** A key is one of records, so what is in them has none. */
  private static void listKeys(Property nested) {
    for (String key : List.of("unique", "primaryKey")) {
      nested
          .element()
          .at(key)
          .filter(e -> nested.element().isTrue(key))
          .ifPresent(
              e -> e.unchecked("%s: only fields of the record itself can be".formatted(key)));
    }
  }

  private static void listUnchecked(Property property) {
    Element element = property.element();
    element.items("relationships").forEach(e -> e.unchecked("relationship"));
    element
        .at("partitioned")
        .filter(e -> element.isTrue("partitioned"))
        .ifPresent(e -> e.unchecked("partitioned: tables are partitioned by event time"));
    element
        .at("physicalName")
        .filter(e -> !property.name().isEmpty() && !e.shown().equals(property.name()))
        .ifPresent(e -> e.unchecked("physicalName: records are read by name"));
  }
}
