package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.MillraceProperties.ALLOWED_LATENESS;
import static dev.millrace.stages.contract.MillraceProperties.COERCION;
import static dev.millrace.stages.contract.MillraceProperties.DEDUP_HORIZON;
import static dev.millrace.stages.contract.MillraceProperties.PARTITION;
import static dev.millrace.stages.contract.MillraceProperties.UNKNOWN_FIELDS;

import dev.millrace.record.Durations;
import dev.millrace.record.Partitioning;
import dev.millrace.stages.contract.odcs.Element;
import dev.millrace.stages.contract.odcs.Words;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * How the records of a contract are to be handled, once they are known to be good.
 *
 * @param latency how long after the end of a partition it is to be published; null if nobody says
 */
record Handling(
    UnknownFields unknownFields,
    Coercion coercion,
    Duration dedupHorizon,
    Duration allowedLateness,
    Partitioning partitioning,
    Duration latency)
    implements Serializable {

  static final Duration LONGEST = Duration.ofDays(36_500);

  static Handling read(MillraceProperties settings, Duration latency) {
    return new Handling(
        choice(settings.at(UNKNOWN_FIELDS), UnknownFields.values(), UnknownFields.REJECT),
        choice(settings.at(COERCION), Coercion.values(), Coercion.NONE),
        duration(settings.at(DEDUP_HORIZON), Duration.ofMillis(1), Duration.ofDays(1)),
        duration(settings.at(ALLOWED_LATENESS), Duration.ZERO, Duration.ZERO),
        choice(settings.at(PARTITION), Partitioning.values(), Partitioning.DAY),
        latency);
  }

  private static Duration duration(Optional<Element> value, Duration least, Duration otherwise) {
    if (value.flatMap(Element::text).isEmpty()) {
      return otherwise;
    }
    Element element = value.get();
    try {
      Duration duration = Durations.parse(element.name(), element.text().orElseThrow());
      if (duration.compareTo(least) >= 0 && duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
      element.invalid("a duration from %sms to %sd".formatted(least.toMillis(), LONGEST.toDays()));
    } catch (IllegalArgumentException e) {
      element.error(e.getMessage());
    }
    return otherwise;
  }

  private static <E extends Enum<E>> E choice(Optional<Element> value, E[] choices, E otherwise) {
    Optional<String> text = value.flatMap(Element::text);
    Optional<E> choice = text.flatMap(name -> Words.find(choices, name));
    if (text.isPresent() && choice.isEmpty()) {
      value.get().invalid(Words.or(Words.of(choices)));
    }
    return choice.orElse(otherwise);
  }
}
