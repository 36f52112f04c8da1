package dev.millrace.operate.input;

import dev.millrace.ledger.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a run waits for before it starts.
 *
 * @param patterns local paths of files or folders, such as a partition's {@code _SUCCESS}, or
 *     globs, of which one match is enough; <code>{date}</code> stands for each UTC day of the run
 * @param timeout how long it waits for all of them together
 * @param onMissing what comes then
 */
public record InputWait(List<String> patterns, Duration timeout, OnMissing onMissing) {
  private static final String DATE = "{date}";
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");

  /** What comes of a run whose input doesn't. */
  public enum OnMissing {
    /** It fails. */
    FAIL,
    /** It publishes nothing, and says so in the output folder. */
    STALE;

    /**
     * The one of a name such as {@code stale}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static OnMissing named(String name) {
      for (OnMissing each : values()) {
        if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
          return each;
        }
      }
      throw new IllegalArgumentException(
          "Invalid --on-missing: %s (expected fail or stale)".formatted(name));
    }
  }

  /**
   * Keeps an immutable copy.
   *
   * @throws IllegalArgumentException if a pattern is no local path
   */
  public InputWait {
    patterns = List.copyOf(patterns);
    patterns.forEach(InputWait::check);
  }

  private static void check(String pattern) {
    String expected =
        "Invalid --wait-for: %s (expected a local path, or a glob of some)".formatted(pattern);
    if (pattern.isBlank() || SCHEME.matcher(pattern).matches()) {
      throw new IllegalArgumentException(expected);
    }
    try {
      glob(pattern, "2001-01-01");
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(expected, e);
    }
  }

  private static PathGlob glob(String pattern, String date) {
    return PathGlob.of(pattern.replace(DATE, date));
  }

  /**
   * The paths and globs of one run, by their text.
   *
   * @throws IllegalArgumentException if one names a date, and the run has none
   */
  SortedMap<String, PathGlob> of(Optional<Interval> slice) {
    SortedMap<String, PathGlob> all = new TreeMap<>();
    for (String pattern : patterns) {
      if (pattern.contains(DATE) && slice.isEmpty()) {
        throw new IllegalArgumentException(
            "Missing required value: from and to (--wait-for=%s names a date)".formatted(pattern));
      }
      List<String> dates = pattern.contains(DATE) ? days(slice.orElseThrow()) : List.of("");
      dates.forEach(date -> all.put(pattern.replace(DATE, date), glob(pattern, date)));
    }
    return all;
  }

  private static List<String> days(Interval slice) {
    Instant last = slice.to().minusNanos(1);
    return LocalDate.ofInstant(slice.from(), ZoneOffset.UTC)
        .datesUntil(LocalDate.ofInstant(last, ZoneOffset.UTC).plusDays(1))
        .map(LocalDate::toString)
        .toList();
  }
}
