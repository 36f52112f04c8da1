package dev.millrace.stages.contract;

import dev.millrace.record.FieldType;
import dev.millrace.record.RecordSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Compiles a property to the rule of a field. */
final class FieldCompiler {
  private final MillraceProperties settings;

  FieldCompiler(MillraceProperties settings) {
    this.settings = settings;
  }

  /** The rule; empty if the property has no type that can be used. */
  Optional<FieldRule> compile(Property property) {
    Element element = property.element();
    MillraceProperties.refuseIn(element);
    listUnchecked(property);
    FieldType type = property.type();
    if (type == null) {
      QualityRules.listAll(element);
      return Optional.empty();
    }
    QualityRules quality = QualityRules.of(property);
    boolean required =
        element.isTrue("required") || settings.isEventTime(property) || quality.valueRequired();
    RecordSchema.Field field = new RecordSchema.Field(property.name(), type, !required);
    return Optional.of(rule(field, property, quality));
  }

  private FieldRule rule(RecordSchema.Field field, Property property, QualityRules quality) {
    List<Options> options = new ArrayList<>(List.of(Options.of(property)));
    options.addAll(quality.limits());
    return switch (field.type()) {
      case STRING -> FieldRule.ofTexts(field, compiled(options, TextLimitsCompiler::compile));
      case NUMBER -> FieldRule.ofNumbers(field, compiled(options, DoubleLimitsCompiler::compile));
      case INTEGER, BOOLEAN -> ofLongs(field, null, options);
      case DATE, TIMESTAMP -> ofLongs(field, TimeFormats.of(property, settings), options);
      default -> throw new IllegalStateException("Cannot compile " + field);
    };
  }

  private static FieldRule ofLongs(
      RecordSchema.Field field, TimeFormat format, List<Options> options) {
    return FieldRule.of(
        field, format, compiled(options, each -> LongLimitsCompiler.compile(each, format)));
  }

  private static <T> List<T> compiled(List<Options> options, Function<Options, T> compiler) {
    return options.stream().map(compiler).toList();
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
        .filter(e -> !e.shown().equals(property.name()))
        .ifPresent(e -> e.unchecked("physicalName: records are read by name"));
  }
}
