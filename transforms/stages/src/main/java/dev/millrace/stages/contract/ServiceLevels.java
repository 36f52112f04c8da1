package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.MillraceProperties.EVENT_TIME_FIELD;

import dev.millrace.record.Durations;
import dev.millrace.stages.contract.odcs.Element;
import dev.millrace.stages.contract.odcs.Numerals;
import dev.millrace.stages.contract.odcs.Shown;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The service levels of a contract. Only {@code latency} is one of a table: how long after the end
 * of a partition it is published. The standard has no list of units; these are its examples and the
 * usual names of shorter times.
 */
final class ServiceLevels {
  private static final List<String> LATENCY = List.of("latency", "ly");
  private static final Map<Duration, List<String>> UNITS =
      Map.of(
          Duration.ofSeconds(1), List.of("s", "sec", "secs", "second", "seconds"),
          Duration.ofMinutes(1), List.of("m", "min", "mins", "minute", "minutes"),
          Duration.ofHours(1), List.of("h", "hr", "hrs", "hour", "hours"),
          Duration.ofDays(1), List.of("d", "day", "days"),
          Duration.ofDays(7), List.of("w", "wk", "week", "weeks"),
          Duration.ofDays(365), List.of("y", "yr", "yrs", "year", "years"));

  private ServiceLevels() {}

  /** Lists the levels that no table of the contract is held to. */
  static void check(Element root) {
    List<String> objects =
        root.items("schema").stream().flatMap(each -> each.text("name").stream()).toList();
    for (Element level : root.items("slaProperties")) {
      if (!isLatency(level)) {
        level.unchecked("service level " + level.text("property").orElse(""));
      } else if (duration(level).isEmpty()) {
        level.unchecked("service level latency: it is not a time with a unit such as h");
      } else if (elements(root, level).stream()
          .noneMatch(each -> each.object().isEmpty() || objects.contains(each.object()))) {
        level.unchecked(
            "service level latency: there is no schema object "
                + Shown.of(elements(root, level).get(0).object()));
      }
    }
  }

  /**
   * How long after the end of a partition of a schema object it has to be published: the shortest
   * time, if there are several.
   */
  static Optional<Duration> latency(Element root, Element object, MillraceProperties settings) {
    String name = object.text("name").orElse("");
    String eventTime = settings.at(EVENT_TIME_FIELD).flatMap(Element::text).orElse("");
    Optional<Duration> shortest = Optional.empty();
    for (Element level : root.items("slaProperties")) {
      Optional<Duration> latency = isLatency(level) ? duration(level) : Optional.empty();
      List<Part> parts =
          elements(root, level).stream()
              .filter(each -> each.object().isEmpty() || each.object().equals(name))
              .toList();
      if (latency.isEmpty() || parts.isEmpty()) {
        continue;
      }
      if (parts.stream().noneMatch(each -> List.of("", eventTime).contains(each.field()))) {
        level.unchecked("service level latency: it is not that of the event time");
      } else if (shortest.isEmpty() || latency.get().compareTo(shortest.get()) < 0) {
        shortest = latency;
      }
    }
    return shortest;
  }

  private static boolean isLatency(Element level) {
    return level
        .text("property")
        .filter(name -> LATENCY.contains(name.toLowerCase(Locale.ROOT)))
        .isPresent();
  }

  /** What a level is of; a part without an object is of all of them. */
  private record Part(String object, String field) {
    static Part of(String element) {
      String[] names = element.strip().split("\\.", 2);
      return new Part(names[0], names.length == 1 ? "" : names[1]);
    }
  }

  private static List<Part> elements(Element root, Element level) {
    String elements = level.text("element").or(() -> root.text("slaDefaultElement")).orElse("");
    return Arrays.stream(elements.split(",", -1)).map(Part::of).toList();
  }

  private static Optional<Duration> duration(Element level) {
    Optional<Element> value = level.at("value");
    Optional<Duration> latency =
        level.text("unit").isEmpty()
            ? value.flatMap(Element::text).flatMap(ServiceLevels::parse)
            : value.flatMap(ServiceLevels::number).flatMap(n -> times(n, level.text("unit").get()));
    return latency.filter(each -> !each.isNegative() && each.compareTo(Handling.LONGEST) <= 0);
  }

  private static Optional<Duration> parse(String text) {
    try {
      return Optional.of(Durations.parse("latency", text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<BigDecimal> number(Element value) {
    return value.number().or(() -> value.text().flatMap(Numerals::read));
  }

  private static Optional<Duration> times(BigDecimal number, String unit) {
    BigDecimal longest = BigDecimal.valueOf(Handling.LONGEST.toMillis());
    return UNITS.entrySet().stream()
        .filter(each -> each.getValue().contains(unit.strip().toLowerCase(Locale.ROOT)))
        .map(each -> number.multiply(BigDecimal.valueOf(each.getKey().toMillis())))
        .filter(millis -> millis.abs().compareTo(longest) <= 0)
        .map(millis -> Duration.ofMillis(millis.setScale(0, RoundingMode.HALF_UP).longValue()))
        .findFirst();
  }
}
