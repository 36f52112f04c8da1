package dev.millrace.stages.contract;

import dev.millrace.record.FieldType;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads the formats of dates and times in a contract. What can't be read is reported. */
final class TimeFormats {
  private TimeFormats() {}

  /** The format of a DATE or TIMESTAMP property. */
  static TimeFormat of(Property property, MillraceProperties settings) {
    Optional<Element> options = property.element().at("logicalTypeOptions");
    Optional<Element> format = options.flatMap(o -> o.at("format"));
    Optional<Element> zone = options.flatMap(o -> o.at("defaultTimezone"));
    if (settings.isEventTime(property)) {
      format = oneOf(format, settings.at(MillraceProperties.EVENT_TIME_FORMAT));
      zone = oneOf(zone, settings.at(MillraceProperties.EVENT_TIME_ZONE));
    }
    return of(property.type(), format, zone);
  }

  /** What the field says for itself or else what the setting says of it, but not both. */
  private static Optional<Element> oneOf(Optional<Element> own, Optional<Element> setting) {
    if (own.isPresent() && setting.isPresent()) {
      setting.get().invalid("none: the field has its own " + own.get().name());
    }
    return own.or(() -> setting);
  }

  /** The format of these values, or ISO 8601 in UTC. */
  static TimeFormat of(FieldType type, Optional<Element> format, Optional<Element> zone) {
    ZoneId zoneId = zone.map(TimeFormats::zone).orElse(ZoneOffset.UTC);
    TimeFormat read = format.map(element -> format(type, element, zoneId)).orElse(null);
    if (read == null) {
      return new IsoFormat(type, zoneId);
    }
    if (read.numeric() && zone.isPresent()) {
      zone.get().invalid("none: numbers count from 1970 in UTC");
    }
    return read;
  }

  private static TimeFormat format(FieldType type, Element element, ZoneId zone) {
    try {
      if (element.text().isPresent()) {
        return TimeFormat.of(type, element.text().get(), zone);
      }
      element.invalid("a format");
    } catch (IllegalArgumentException e) {
      element.invalid(e.getMessage());
    }
    return null;
  }

  private static ZoneId zone(Element element) {
    try {
      return ZoneId.of(element.text().orElse(""));
    } catch (DateTimeException e) {
      element.invalid("a time zone such as UTC or Europe/Paris");
      return ZoneOffset.UTC;
    }
  }
}
