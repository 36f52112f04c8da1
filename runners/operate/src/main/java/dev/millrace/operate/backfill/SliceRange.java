package dev.millrace.operate.backfill;

import dev.millrace.ledger.Interval;
import dev.millrace.operate.run.Intervals;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The slices that a backfill is asked for, in order of time: all of a range, or single days.
 *
 * @param text as it was asked for
 * @param slices the intervals
 */
public record SliceRange(String text, List<Interval> slices) {
  /** More are a slip of the pen sooner than a wish. */
  private static final int MOST = 100_000;

  /** Keeps an immutable copy. */
  public SliceRange {
    slices = List.copyOf(slices);
  }

  /**
   * The slices from one day or instant to before another.
   *
   * @param interval the length of each: {@code 1d}, {@code 6h} and the like, whole days or hours
   *     that divide a day
   * @throws IllegalArgumentException if one can't be read, or the range is empty or doesn't end
   *     with a slice
   */
  public static SliceRange between(String from, String to, String interval) {
    return between(Bound.parse("from-date", from), Bound.parse("to-date", to), interval);
  }

  /**
   * The slices to catch up with: those from a day or instant to before another.
   *
   * @throws IllegalArgumentException as {@link #between}
   */
  public static SliceRange upTo(String from, String until, String interval) {
    return between(Bound.parse("from-date", from), Bound.parse("until", until), interval);
  }

  /**
   * The slices to catch up with: those from the end of what is there to before a day or instant;
   * empty if nothing is missing.
   *
   * @throws IllegalArgumentException as {@link #between}
   */
  public static Optional<SliceRange> upTo(Instant from, String until, String interval) {
    Bound end = Bound.parse("until", until);
    Bound start = new Bound("from-date", Intervals.text(from), from);
    return start.at().isBefore(end.at())
        ? Optional.of(between(start, end, interval))
        : Optional.empty();
  }

  /** One end of a range, and the option that it was given by. */
  private record Bound(String option, String text, Instant at) {
    static Bound parse(String option, String text) {
      return new Bound(option, text, Intervals.parse(option, text));
    }
  }

  private static SliceRange between(Bound from, Bound to, String interval) {
    if (!from.at().isBefore(to.at())) {
      throw new IllegalArgumentException(
          "Invalid --%s: %s (expected after --%s=%s: it is the end, and not in it)"
              .formatted(to.option(), to.text(), from.option(), from.text()));
    }
    Duration length = length(interval);
    if (Duration.between(from.at(), to.at()).toMillis() / length.toMillis() >= MOST) {
      throw new IllegalArgumentException(
          "Invalid --interval: %s (expected fewer than %s slices)".formatted(interval, MOST));
    }
    List<Interval> slices = new ArrayList<>();
    for (Instant at = from.at(); at.isBefore(to.at()); at = at.plus(length)) {
      slices.add(new Interval(at, at.plus(length)));
    }
    if (!slices.get(slices.size() - 1).to().equals(to.at())) {
      throw new IllegalArgumentException(
          "Invalid --%s: %s (expected whole slices of %s from %s on)"
              .formatted(to.option(), to.text(), interval, from.text()));
    }
    return new SliceRange("[%s, %s) by %s".formatted(from.text(), to.text(), interval), slices);
  }

  private static Duration length(String text) {
    if (text.matches("[1-9]\\d{0,3}[dh]")) {
      int count = Integer.parseInt(text.substring(0, text.length() - 1));
      if (text.endsWith("d")) {
        return Duration.ofDays(count);
      }
      if (24 % count == 0) {
        return Duration.ofHours(count);
      }
    }
    throw new IllegalArgumentException(
        "Invalid --interval: %s (expected days such as 1d, or hours that divide a day such as 6h)"
            .formatted(text));
  }

  /**
   * Single days, each a slice.
   *
   * @param days UTC days such as 2001-01-03, separated by commas, in any order
   * @throws IllegalArgumentException if one is no day
   */
  public static SliceRange days(String days) {
    List<Interval> slices = new ArrayList<>();
    for (LocalDate day : parse(days)) {
      slices.add(
          new Interval(
              day.atStartOfDay(ZoneOffset.UTC).toInstant(),
              day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()));
    }
    return new SliceRange(days, slices);
  }

  private static TreeSet<LocalDate> parse(String days) {
    TreeSet<LocalDate> parsed = new TreeSet<>();
    for (String day : days.split(",", -1)) {
      try {
        parsed.add(LocalDate.parse(day.strip().replaceFirst("^dt=", "")));
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "Invalid --partitions: %s (expected UTC days such as 2001-01-15, separated by commas)"
                .formatted(day.strip()),
            e);
      }
    }
    return parsed;
  }
}
