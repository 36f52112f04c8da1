package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.MillraceProperties.EVENT_TIME_FIELD;
import static dev.millrace.stages.contract.MillraceProperties.EVENT_TIME_FORMAT;
import static dev.millrace.stages.contract.MillraceProperties.EVENT_TIME_MAX;
import static dev.millrace.stages.contract.MillraceProperties.EVENT_TIME_MIN;
import static dev.millrace.stages.contract.MillraceProperties.EVENT_TIME_ZONE;

import dev.millrace.record.FieldType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Reads which field is the event time, how it is written and which times are plausible. */
final class EventTimeCompiler {
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  private final MillraceProperties settings;

  private EventTimeCompiler(MillraceProperties settings) {
    this.settings = settings;
  }

  /** The event time; null if there was something to report. */
  static EventTime compile(MillraceProperties settings, List<Property> properties) {
    return new EventTimeCompiler(settings).compile(properties);
  }

  private EventTime compile(List<Property> properties) {
    Instant min = settings.at(EVENT_TIME_MIN).map(e -> instant(e, EARLIEST)).orElse(EARLIEST);
    Instant max = settings.at(EVENT_TIME_MAX).map(e -> instant(e, LATEST)).orElse(LATEST);
    if (!min.isBefore(max)) {
      settings
          .at(EVENT_TIME_MAX)
          .or(() -> settings.at(EVENT_TIME_MIN))
          .ifPresent(e -> e.invalid("millrace.eventTimeMin before millrace.eventTimeMax"));
    }
    Element field = settings.required(EVENT_TIME_FIELD, "the field of the event time").orElse(null);
    if (field == null) {
      return null;
    }
    Optional<Property> property = properties.stream().filter(settings::isEventTime).findFirst();
    if (property.isEmpty()) {
      List<String> names = Property.names(properties);
      field.error(Nearest.unknown("field", field.shown(), names));
      return null;
    }
    TimeFormat format = format(field, property.get());
    int index = properties.indexOf(property.get());
    return new EventTime(index, format, min.toEpochMilli(), max.toEpochMilli());
  }

  private TimeFormat format(Element field, Property property) {
    if (property.type() == null) {
      return null; // reported with the property
    }
    return switch (property.type()) {
      case DATE -> {
        refuse(EVENT_TIME_ZONE, "none: a date starts at 00:00 UTC");
        yield TimeFormats.of(property, settings);
      }
      case TIMESTAMP -> TimeFormats.of(property, settings);
      case STRING -> format(property, false);
      case INTEGER -> format(property, true);
      case NUMBER, BOOLEAN -> {
        String type = Words.of(property.type());
        field.invalid("a field of type timestamp, date, string or integer, not " + type);
        yield null;
      }
    };
  }

  /** The format of a field whose rule doesn't read times. */
  private TimeFormat format(Property property, boolean numeric) {
    Optional<Element> format = settings.at(EVENT_TIME_FORMAT);
    if (numeric && format.isEmpty()) {
      settings.required(EVENT_TIME_FORMAT, "epochSeconds, epochMillis or epochMicros");
      return null;
    }
    TimeFormat read = TimeFormats.of(FieldType.TIMESTAMP, format, settings.at(EVENT_TIME_ZONE));
    if (read.numeric() != numeric) {
      format
          .get()
          .invalid(
              "%s: the field %s is %s"
                  .formatted(
                      numeric ? "epochSeconds, epochMillis or epochMicros" : "a format of text",
                      property.name(),
                      numeric ? "an integer" : "a string"));
    }
    return read;
  }

  private void refuse(String setting, String expected) {
    settings.at(setting).ifPresent(element -> element.invalid(expected));
  }

  private static Instant instant(Element element, Instant otherwise) {
    String text = element.text().orElse("");
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException e) {
      element.invalid("a date such as 2001-01-15 or a time such as 2001-01-15T07:30:00Z");
      return otherwise;
    }
  }
}
