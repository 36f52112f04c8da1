package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.MillraceProperties.EVENT_TIME_FIELD;
import static dev.millrace.stages.contract.MillraceProperties.EVENT_TIME_FORMAT;
import static dev.millrace.stages.contract.MillraceProperties.EVENT_TIME_MAX;
import static dev.millrace.stages.contract.MillraceProperties.EVENT_TIME_MIN;
import static dev.millrace.stages.contract.MillraceProperties.EVENT_TIME_OF_DAY_FIELD;
import static dev.millrace.stages.contract.MillraceProperties.EVENT_TIME_OF_DAY_FORMAT;
import static dev.millrace.stages.contract.MillraceProperties.EVENT_TIME_ZONE;

import dev.millrace.record.FieldType;
import dev.millrace.stages.contract.odcs.Element;
import dev.millrace.stages.contract.odcs.Nearest;
import dev.millrace.stages.contract.odcs.Words;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Reads which fields are the event time, how it is written and which times are plausible. */
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
    Optional<Element> field =
        settings.required(
            EVENT_TIME_FIELD,
            "the name of the field that says when a record happened, in customProperties");
    Optional<Element> timeField = settings.at(EVENT_TIME_OF_DAY_FIELD);
    Optional<Property> date = field.flatMap(this::property);
    Optional<Property> time = timeField.flatMap(this::property);
    if (timeField.isEmpty()) {
      settings
          .at(EVENT_TIME_OF_DAY_FORMAT)
          .ifPresent(e -> e.invalid("it with %s only".formatted(EVENT_TIME_OF_DAY_FIELD)));
      return date.map(d -> EventTime.of(index(d), format(field.get(), d), min, max)).orElse(null);
    }
    if (date.isEmpty() || time.isEmpty()) {
      return null; // reported
    }
    return EventTime.of(index(date.get()), dateFormat(field.get(), date.get()), min, max)
        .withTimeOfDay(
            index(time.get()),
            timeOfDayFormat(timeField.get(), time.get()),
            UtcOffsets.of(TimeFormats.zone(settings.at(EVENT_TIME_ZONE))));
  }

  /** The field that a setting names; empty with a report, or if its type has been reported. */
  private Optional<Property> property(Element setting) {
    Optional<Property> named =
        setting
            .text()
            .flatMap(name -> properties.stream().filter(p -> p.name().equals(name)).findFirst());
    if (named.isEmpty() && setting.text().isPresent()) {
      setting.error(Nearest.unknown("field", setting.shown(), Property.names(properties)));
    }
    return named.filter(property -> property.type() != null);
  }

  private int index(Property property) {
    return properties.indexOf(property);
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
      default -> unusable(field, property, "timestamp, date, string or integer");
    };
  }

  /** The format of a date to which a time of day belongs. */
  private TimeFormat dateFormat(Element field, Property property) {
    return switch (property.type()) {
      case DATE -> ruleOf(property).format();
      case STRING ->
          TimeFormats.of(FieldType.DATE, settings.at(EVENT_TIME_FORMAT), Optional.empty());
      default -> unusable(field, property, "date or string");
    };
  }

  private TimeFormat timeOfDayFormat(Element field, Property property) {
    Optional<Element> format = settings.at(EVENT_TIME_OF_DAY_FORMAT);
    boolean isDigits =
        format.flatMap(Element::text).filter(text -> !text.equals(HourMinuteFormat.NAME)).isEmpty();
    return switch (property.type()) {
      case TIME -> {
        format.ifPresent(e -> e.invalid("none: %s is a time".formatted(property.name())));
        yield ruleOf(property).format();
      }
      case INTEGER -> {
        format
            .filter(e -> !isDigits)
            .ifPresent(e -> e.invalid("HHmm: %s is an integer".formatted(property.name())));
        yield new HourMinuteFormat();
      }
      case STRING ->
          isDigits
              ? new HourMinuteFormat()
              : TimeFormats.of(FieldType.TIME, format, Optional.empty());
      default -> unusable(field, property, "time, string or integer");
    };
  }

  private static TimeFormat unusable(Element field, Property property, String types) {
    field.invalid("a field of type %s, not %s".formatted(types, Words.of(property.type())));
    return null;
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
