package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.MillraceProperties.EVENT_TIME_FIELD;
import static dev.millrace.stages.contract.MillraceProperties.EVENT_TIME_FORMAT;
import static dev.millrace.stages.contract.MillraceProperties.EVENT_TIME_MAX;
import static dev.millrace.stages.contract.MillraceProperties.EVENT_TIME_MIN;
import static dev.millrace.stages.contract.MillraceProperties.EVENT_TIME_ZONE;

import dev.millrace.record.FieldType;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Reads which field is the event time, how it is written and which times are plausible. */
final class EventTimeCompiler {
  private static final String EARLIEST = "1970-01-01";
  private static final String LATEST = "2100-01-01";
  private static final String EPOCHS = "epochSeconds, epochMillis or epochMicros";

  private final MillraceProperties settings;
  private final List<Property> properties;
  private final List<FieldRule> rules;

  private EventTimeCompiler(
      MillraceProperties settings, List<Property> properties, List<FieldRule> rules) {
    this.settings = settings;
    this.properties = properties;
    this.rules = rules;
  }

  /** The event time; null if there was something to report. */
  static EventTime compile(
      MillraceProperties settings, List<Property> properties, List<FieldRule> rules) {
    return new EventTimeCompiler(settings, properties, rules).compile();
  }

  private EventTime compile() {
    long min = millis(EVENT_TIME_MIN, EARLIEST);
    long max = millis(EVENT_TIME_MAX, LATEST);
    if (min >= max) {
      settings
          .at(EVENT_TIME_MAX)
          .or(() -> settings.at(EVENT_TIME_MIN))
          .ifPresent(e -> e.invalid("millrace.eventTimeMin before millrace.eventTimeMax"));
    }
    Optional<Element> field = settings.required(EVENT_TIME_FIELD, "the field of the event time");
    Optional<Property> property = properties.stream().filter(settings::isEventTime).findFirst();
    if (property.isEmpty()) {
      field.filter(e -> e.text().isPresent()).ifPresent(this::reportUnknown);
      return null;
    }
    if (property.get().type() == null) {
      return null; // reported with the property
    }
    TimeFormat format = format(field.orElseThrow(), property.get());
    int index = properties.indexOf(property.get());
    return new EventTime(index, format, min, max);
  }

  private void reportUnknown(Element field) {
    field.error(Nearest.unknown("field", field.shown(), Property.names(properties)));
  }

  private TimeFormat format(Element field, Property property) {
    return switch (property.type()) {
      case DATE -> {
        settings.at(EVENT_TIME_ZONE).ifPresent(e -> e.invalid("none: dates start at 00:00 UTC"));
        yield ruleOf(property).format();
      }
      case TIMESTAMP -> ruleOf(property).format();
      case STRING -> textFormat(property);
      case INTEGER -> numberFormat(property);
      default -> {
        field.invalid(
            "a field of type timestamp, date, string or integer, not " + Words.of(property.type()));
        yield null;
      }
    };
  }

  private FieldRule ruleOf(Property property) {
    return rules.stream()
        .filter(rule -> rule.name().equals(property.name()))
        .findFirst()
        .orElseThrow();
  }

  private TimeFormat textFormat(Property property) {
    TimeFormat format = readFormat();
    if (format.numeric()) {
      settings
          .at(EVENT_TIME_FORMAT)
          .ifPresent(e -> e.invalid("a format of text: %s is a string".formatted(property.name())));
    }
    return format;
  }

  private TimeFormat numberFormat(Property property) {
    TimeFormat format = readFormat();
    if (settings.required(EVENT_TIME_FORMAT, EPOCHS).isPresent() && !format.numeric()) {
      settings
          .at(EVENT_TIME_FORMAT)
          .ifPresent(e -> e.invalid("%s: %s is an integer".formatted(EPOCHS, property.name())));
    }
    return format;
  }

  /** The format of a field whose rule doesn't read times. */
  private TimeFormat readFormat() {
    return TimeFormats.of(
        FieldType.TIMESTAMP, settings.at(EVENT_TIME_FORMAT), settings.at(EVENT_TIME_ZONE));
  }

  private long millis(String setting, String otherwise) {
    Optional<Element> element = settings.at(setting).filter(e -> e.text().isPresent());
    long micros = micros(element.flatMap(Element::text).orElse(otherwise));
    if (micros == TimeFormat.INVALID) {
      element
          .orElseThrow()
          .invalid("a date such as 2001-01-15 or a time such as 2001-01-15T07:30:00Z");
      return millis("", otherwise);
    }
    return Math.floorDiv(micros, 1_000L);
  }

  private static long micros(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    boolean isDate = utf8.length == LATEST.length();
    TimeFormat format =
        new IsoFormat(isDate ? FieldType.DATE : FieldType.TIMESTAMP, ZoneOffset.UTC);
    return format.micros(utf8, 0, utf8.length);
  }
}
