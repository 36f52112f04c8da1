package dev.millrace.stages.contract;

import dev.millrace.stages.contract.odcs.Element;
import dev.millrace.stages.contract.odcs.Nearest;
import dev.millrace.stages.contract.odcs.Shape;
import dev.millrace.stages.contract.odcs.Shown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The custom properties of a schema object that are Millrace's own. Others are left alone. */
final class MillraceProperties {
  static final String EVENT_TIME_FIELD = "millrace.eventTimeField";
  static final String EVENT_TIME_FORMAT = "millrace.eventTimeFormat";
  static final String EVENT_TIME_ZONE = "millrace.eventTimeZone";
  static final String EVENT_TIME_OF_DAY_FIELD = "millrace.eventTimeOfDayField";
  static final String EVENT_TIME_OF_DAY_FORMAT = "millrace.eventTimeOfDayFormat";
  static final String EVENT_TIME_MIN = "millrace.eventTimeMin";
  static final String EVENT_TIME_MAX = "millrace.eventTimeMax";
  static final String DEDUP_KEY = "millrace.dedupKey";
  static final String DEDUP_HORIZON = "millrace.dedupHorizon";
  static final String ALLOWED_LATENESS = "millrace.allowedLateness";
  static final String PARTITION = "millrace.partition";
  static final String UNKNOWN_FIELDS = "millrace.unknownFields";
  static final String COERCION = "millrace.coercion";

  private static final String PREFIX = "millrace.";
  private static final List<String> KNOWN =
      List.of(
          EVENT_TIME_FIELD,
          EVENT_TIME_FORMAT,
          EVENT_TIME_ZONE,
          EVENT_TIME_OF_DAY_FIELD,
          EVENT_TIME_OF_DAY_FORMAT,
          EVENT_TIME_MIN,
          EVENT_TIME_MAX,
          DEDUP_KEY,
          DEDUP_HORIZON,
          ALLOWED_LATENESS,
          PARTITION,
          UNKNOWN_FIELDS,
          COERCION);

  private final Element object;
  private final Map<String, Element> values;

  private MillraceProperties(Element object, Map<String, Element> values) {
    this.object = object;
    this.values = values;
  }

  /** Those of a property, which can't have any. */
  static MillraceProperties none(Element property) {
    return new MillraceProperties(property, Map.of());
  }

  /** The properties of a schema object; what isn't known is reported. */
  static MillraceProperties of(Element object) {
    Map<String, Element> values = new LinkedHashMap<>();
    for (Element custom : object.items("customProperties")) {
      String name = ours(custom);
      if (name.isEmpty()) {
        continue;
      }
      Element property = custom.at("property").orElseThrow();
      if (!KNOWN.contains(name)) {
        property.error(Nearest.unknown("property", name, KNOWN));
      } else if (values.containsKey(name)) {
        property.error("Repeated property: %s".formatted(name));
      } else {
        custom.at("value").map(value -> value.named(name)).ifPresent(value -> put(values, value));
      }
    }
    return new MillraceProperties(object, values);
  }

  private static void put(Map<String, Element> values, Element value) {
    if (!value.name().equals(DEDUP_KEY)) {
      Shape.TEXT.check(value);
    }
    values.put(value.name(), value);
  }

  /** Reports Millrace's properties where they would have no effect. */
  static void refuseIn(Element owner) {
    for (Element custom : owner.items("customProperties")) {
      String name = ours(custom);
      if (!name.isEmpty()) {
        custom.error(
            "Cannot use %s here: it belongs to the schema object".formatted(Shown.of(name)));
      }
    }
  }

  private static String ours(Element custom) {
    return custom.text("property").filter(name -> name.startsWith(PREFIX)).orElse("");
  }

  /** The value of a property. */
  Optional<Element> at(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The value of a property that must be there, or empty with a report. */
  Optional<Element> required(String name, String expected) {
    if (!values.containsKey(name)) {
      object.unusable("Missing required value: %s (expected %s)".formatted(name, expected));
    }
    return at(name);
  }

  /** Whether this field is the one of the event time, or the one of its time of day. */
  boolean isPartOfEventTime(Property property) {
    return isEventTime(property) || isNamed(EVENT_TIME_OF_DAY_FIELD, property);
  }

  /** Whether this field is the one of the event time. */
  boolean isEventTime(Property property) {
    return isNamed(EVENT_TIME_FIELD, property);
  }

  private boolean isNamed(String setting, Property property) {
    return at(setting).flatMap(Element::text).filter(property.name()::equals).isPresent();
  }
}
