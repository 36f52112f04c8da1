package dev.millrace.pipelines.ingest;

import dev.millrace.record.Partitioning;
import dev.millrace.stages.window.SelectInterval;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The logical interval of a run: event times from one instant to before another. An end that is not
 * given is open.
 */
record Interval(Instant from, Instant to) {
  /** Without a start or an end. */
  static final Interval ALWAYS = new Interval(Instant.MIN, Instant.MAX);

  /**
   * Reads the ends of an interval of whole partitions. A run replaces the partitions that it
   * publishes: part of one would take the place of all of it.
   *
   * @param from a UTC day or an instant, or null for no start
   * @param to likewise, or null for no end
   */
  static Interval parse(String from, String to, Partitioning partitioning) {
    Interval interval =
        new Interval(
            from == null ? Instant.MIN : start("from", from, partitioning),
            to == null ? Instant.MAX : start("to", to, partitioning));
    if (!interval.from.isBefore(interval.to)) {
      throw new IllegalArgumentException(
          "Invalid --to: %s (expected a time after --from=%s)".formatted(to, from));
    }
    return interval;
  }

  private static Instant start(String option, String text, Partitioning partitioning) {
    Instant instant;
    try {
      instant =
          text.indexOf('T') < 0
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "Invalid --%s: %s (expected a UTC day such as 2001-01-15, or an instant such as 2001-01-15T06:00:00Z)"
              .formatted(option, text),
          e);
    }
    long millis = instant.toEpochMilli();
    if (partitioning.bucket(millis) == partitioning.bucket(millis - 1)) {
      throw new IllegalArgumentException(
          "Invalid --%s: %s (expected the start of a partition, a UTC %s: partitions are published whole)"
              .formatted(option, text, partitioning.unit()));
    }
    return instant;
  }

  /** The names of its partitions, in order; none if an end is open. */
  List<String> partitions(Partitioning partitioning) {
    return isClosed()
        ? LongStream.range(
                partitioning.bucket(from.toEpochMilli()), partitioning.bucket(to.toEpochMilli()))
            .mapToObj(partitioning::name)
            .toList()
        : List.of();
  }

  boolean hasStart() {
    return !from.equals(Instant.MIN);
  }

  boolean hasEnd() {
    return !to.equals(Instant.MAX);
  }

  /** Whether both ends are given. */
  boolean isClosed() {
    return hasStart() && hasEnd();
  }

  Interval withFrom(Instant start) {
    return new Interval(start, to);
  }

  Interval withTo(Instant end) {
    return new Interval(from, end);
  }

  /** Keeps the records of this interval; without ends, it is no step. */
  SelectInterval select() {
    return SelectInterval.of(beamFrom(), beamTo());
  }

  org.joda.time.Instant beamFrom() {
    return org.joda.time.Instant.ofEpochMilli(hasStart() ? from.toEpochMilli() : Long.MIN_VALUE);
  }

  org.joda.time.Instant beamTo() {
    return org.joda.time.Instant.ofEpochMilli(hasEnd() ? to.toEpochMilli() : Long.MAX_VALUE);
  }
}
