package dev.millrace.operate.draft;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The field that most likely says when a record happened: a time that is never missing, or an
 * integer that could only be one, best by its name.
 *
 * @param format the epoch that an integer counts in; empty for dates and timestamps
 */
record EventTimeGuess(String field, String format, Instant earliest, Instant latest, int score) {
  private static final long SECONDS_1980 = 315_532_800L;
  private static final long SECONDS_2100 = 4_102_444_800L;
  private static final int LAST_YEAR = 9999;

  /** How far beyond the latest year times are plausible. */
  private static final int YEARS_TO_COME = 10;

  private static final Set<String> HAPPENED =
      Set.of("time", "timestamp", "ts", "date", "datetime", "at", "created", "event", "occurred");

  /** These times say something else of the record. */
  private static final Set<String> ELSE =
      Set.of(
          "updated",
          "modified",
          "changed",
          "deleted",
          "ingested",
          "received",
          "loaded",
          "processed",
          "published",
          "arrived",
          "birth",
          "born",
          "expires",
          "expiry",
          "due",
          "end",
          "ended",
          "valid",
          "until");

  /** The best guess; empty if no field looks like a time. */
  static Optional<EventTimeGuess> of(ObjectProfile profile) {
    return profile.fields().stream()
        .filter(field -> profile.isRequired(field) && !field.name().isEmpty())
        .map(EventTimeGuess::of)
        .filter(Objects::nonNull)
        .max(Comparator.comparingInt(EventTimeGuess::score));
  }

  private static EventTimeGuess of(FieldProfile field) {
    Typing typing = field.typing().orElse(null);
    if (typing == null || typing.range().isEmpty()) {
      return null;
    }
    List<String> words = words(field.name());
    int named =
        words.stream().anyMatch(ELSE::contains)
            ? -5
            : words.stream().anyMatch(HAPPENED::contains) ? 4 : 0;
    Range range = typing.range();
    return switch (typing.logicalType()) {
      case "timestamp" -> ofMicros(field, "", range.lowest(), range.highest(), 4 + named);
      case "date" -> ofMicros(field, "", range.lowest(), range.highest(), 3 + named);
      case "integer" -> named > 0 ? ofEpoch(field, range, named) : null;
      default -> null;
    };
  }

  private static EventTimeGuess ofEpoch(FieldProfile field, Range range, int named) {
    String[] formats = {"epochSeconds", "epochMillis", "epochMicros"};
    long unit = 1_000_000;
    long perSecond = 1;
    for (String format : formats) {
      if (range.lowest() >= SECONDS_1980 * perSecond
          && range.highest() < SECONDS_2100 * perSecond) {
        return ofMicros(field, format, range.lowest() * unit, range.highest() * unit, 2 + named);
      }
      unit /= 1000;
      perSecond *= 1000;
    }
    return null;
  }

  private static EventTimeGuess ofMicros(
      FieldProfile field, String format, long low, long high, int score) {
    return new EventTimeGuess(
        field.name(), format, Typing.instant(low), Typing.instant(high), score);
  }

  /** The words of a name such as {@code created_at} or {@code eventTime}. */
  private static List<String> words(String name) {
    return Stream.of(name.split("[^A-Za-z]+|(?<=[a-z])(?=[A-Z])"))
        .map(word -> word.toLowerCase(Locale.ROOT))
        .toList();
  }

  /** The first plausible day. */
  String min() {
    return newYear(earliest.atZone(ZoneOffset.UTC).getYear());
  }

  /** The first time after all plausible ones. */
  String max() {
    int year = latest.atZone(ZoneOffset.UTC).getYear() + YEARS_TO_COME;
    return year > LAST_YEAR ? "9999-12-31T23:59:59.999Z" : newYear(year);
  }

  private static String newYear(int year) {
    return LocalDate.of(year, 1, 1).toString();
  }
}
