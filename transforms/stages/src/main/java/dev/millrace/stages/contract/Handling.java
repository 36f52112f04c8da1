package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.MillraceProperties.ALLOWED_LATENESS;
import static dev.millrace.stages.contract.MillraceProperties.DEDUP_HORIZON;
import static dev.millrace.stages.contract.MillraceProperties.PARTITION;
import static dev.millrace.stages.contract.MillraceProperties.UNKNOWN_FIELDS;

import dev.millrace.record.Durations;
import dev.millrace.record.Partitioning;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/** How the records of a contract are to be handled, once they are known to be good. */
record Handling(
    UnknownFields unknownFields,
    Duration dedupHorizon,
    Duration allowedLateness,
    Partitioning partitioning)
    implements Serializable {

  static Handling read(MillraceProperties settings) {
    return new Handling(
        settings
            .at(UNKNOWN_FIELDS)
            .map(e -> choice(e, UnknownFields.values(), UnknownFields.REJECT))
            .orElse(UnknownFields.REJECT),
        settings.at(DEDUP_HORIZON).map(Handling::horizon).orElse(Duration.ofDays(1)),
        settings.at(ALLOWED_LATENESS).map(Handling::duration).orElse(Duration.ZERO),
        settings
            .at(PARTITION)
            .map(e -> choice(e, Partitioning.values(), Partitioning.DAY))
            .orElse(Partitioning.DAY));
  }

  private static Duration horizon(Element element) {
    Duration horizon = duration(element);
    if (horizon.isZero() && element.text().isPresent()) {
      element.invalid("a duration above 0");
    }
    return horizon;
  }

  /** A duration, or zero with a report. */
  private static Duration duration(Element element) {
    if (element.text().isEmpty()) {
      element.invalid("a duration such as 1h");
      return Duration.ZERO;
    }
    try {
      Duration duration = Durations.parse(element.name(), element.text().get());
      if (!duration.isNegative()) {
        return duration;
      }
      element.invalid("a duration from 0");
    } catch (IllegalArgumentException e) {
      element.error(e.getMessage());
    }
    return Duration.ofNanos(1); // not zero, which might be reported as well
  }

  private static <E extends Enum<E>> E choice(Element element, E[] choices, E otherwise) {
    Optional<E> choice = Words.find(choices, element.text().orElse(""));
    if (choice.isEmpty()) {
      element.invalid(Words.or(Words.of(choices)));
    }
    return choice.orElse(otherwise);
  }
}
