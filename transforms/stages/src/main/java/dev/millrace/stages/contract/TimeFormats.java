package dev.millrace.stages.contract;

import dev.millrace.record.FieldType;
import dev.millrace.stages.contract.odcs.Element;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads the formats of dates and times in a contract. What can't be read is reported. */
final class TimeFormats {
  private TimeFormats() {}

  /** The format of a DATE, TIME or TIMESTAMP property. */
  static TimeFormat of(Property property, MillraceProperties settings) {
    Optional<Element> options = property.element().at("logicalTypeOptions");
    Optional<Element> format = options.flatMap(o -> o.at("format"));
    Optional<Element> zone = options.flatMap(o -> o.at("defaultTimezone"));
    if (settings.isEventTime(property)) {
      format = oneOf(format, settings.at(MillraceProperties.EVENT_TIME_FORMAT));
    }
    if (settings.isEventTime(property) && property.type() == FieldType.TIMESTAMP) {
      zone = oneOf(zone, settings.at(MillraceProperties.EVENT_TIME_ZONE));
    }
    if (property.type() == FieldType.TIME) {
      zone.ifPresent(e -> e.unchecked("defaultTimezone: a time of day has no zone"));
      zone = Optional.empty();
    }
    TimeFormat read = of(property.type(), format, zone);
    Optional<Element> offset = options.flatMap(o -> o.at("timezone"));
    if (property.type() == FieldType.TIME) {
      offset.ifPresent(e -> e.unchecked("timezone: a time of day has no zone"));
      return read;
    }
    return offset.filter(e -> e.flag().isPresent()).isPresent()
        ? withOffset(read, offset.get(), zone(zone))
        : read;
  }

  /** The option {@code timezone} says whether times have an offset. */
  private static TimeFormat withOffset(TimeFormat format, Element option, ZoneId zone) {
    boolean demanded = option.flag().orElseThrow();
    if (format instanceof IsoFormat) {
      IsoFormat.Offset offset = demanded ? IsoFormat.Offset.REQUIRED : IsoFormat.Offset.REFUSED;
      return new IsoFormat(FieldType.TIMESTAMP, zone, offset);
    }
    if (format instanceof PatternFormat pattern && pattern.hasOffset() != demanded) {
      option.unusable(
          "Invalid timezone: %s (expected %s, as the format has it)"
              .formatted(option.shown(), !demanded));
    }
    return format;
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
    ZoneId zoneId = zone(zone);
    TimeFormat read =
        format
            .flatMap(element -> format(type, element, zoneId))
            .orElseGet(() -> new IsoFormat(type, zoneId));
    if (read.numeric() && zone.isPresent()) {
      zone.get().invalid("none: numbers count from 1970 in UTC");
    }
    return read;
  }

  private static Optional<TimeFormat> format(FieldType type, Element element, ZoneId zone) {
    try {
      return element.text().map(text -> TimeFormat.of(type, text, zone));
    } catch (IllegalArgumentException e) {
      element.invalid(e.getMessage());
      return Optional.empty();
    }
  }

  /** A time zone, or UTC. */
  static ZoneId zone(Optional<Element> zone) {
    return zone.map(TimeFormats::zone).orElse(ZoneOffset.UTC);
  }

  private static ZoneId zone(Element element) {
    try {
      return element.text().map(ZoneId::of).orElse(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      element.invalid("a time zone such as UTC or Europe/Paris");
      return ZoneOffset.UTC;
    }
  }
}
