package dev.millrace.stages.contract;

import dev.millrace.record.FieldType;
import dev.millrace.record.RecordSchema;
import java.util.Optional;

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
    boolean required = element.isTrue("required") || settings.isEventTime(property);
    RecordSchema.Field field = new RecordSchema.Field(property.name(), type, !required);
    return Optional.of(rule(field, property));
  }

  private FieldRule rule(RecordSchema.Field field, Property property) {
    Options options = Options.of(property);
    return switch (field.type()) {
      case STRING -> FieldRule.of(field, TextLimitsCompiler.compile(options));
      case NUMBER -> FieldRule.of(field, DoubleLimitsCompiler.compile(options));
      case INTEGER, BOOLEAN -> FieldRule.of(field, null, LongLimitsCompiler.compile(options, null));
      case DATE, TIMESTAMP -> {
        TimeFormat format = TimeFormats.of(property, settings);
        yield FieldRule.of(field, format, LongLimitsCompiler.compile(options, format));
      }
    };
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
