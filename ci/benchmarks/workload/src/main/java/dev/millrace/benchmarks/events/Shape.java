package dev.millrace.benchmarks.events;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the events are like: how many are copies or rejects, over how many days they are spread, how
 * many fields they have, and how much is in one place.
 *
 * @param days the days, and so the partitions, from 1 to 365
 * @param copies how many of a thousand lines are exact copies of earlier ones
 * @param rejects how many of a thousand lines are not JSON or break the contract, half of them each
 * @param fields how many fields an event has: the contract's {@value #USUAL_FIELDS}; more, and then
 *     {@code attribute_1} and so on follow them, numbers where the number is odd, texts where it is
 *     even; or {@value #FEWEST_FIELDS}, without those that {@link #leftOut} names
 * @param skew what some lines have in common
 * @param skewed how many of a hundred lines have it
 */
public record Shape(int days, int copies, int rejects, int fields, Skew skew, int skewed) {
  /** The fields of the contract. */
  public static final int USUAL_FIELDS = 15;

  /** The fields that aggregates, partitions and duplicates need, and some more. */
  public static final int FEWEST_FIELDS = 10;

  private static final int MOST_DAYS = 365;
  private static final int THOUSAND = 1000;
  private static final long DAY = 86_400_000L;
  private static final long HOUR = 3_600_000L;

  /** 2026-01-01T00:00:00Z, where a year of days starts that the contract has room for. */
  private static final long YEAR_START = 1_767_225_600_000L;

  /** Three days; 3 % are copies and 1 % rejects. */
  public static final Shape USUAL = new Shape(3, 30, 10, USUAL_FIELDS, Skew.NONE, 80);

  /** Checks the numbers. */
  public Shape {
    within("days", days, 1, MOST_DAYS);
    within("copies", copies, 0, THOUSAND);
    within("rejects", rejects, 0, THOUSAND - copies);
    if (fields != FEWEST_FIELDS) {
      within("fields", fields, USUAL_FIELDS, Integer.MAX_VALUE);
    }
    within("skewed", skewed, 0, 100);
  }

  private static void within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (expected %s to %s)".formatted(name, value, least, most));
    }
  }

  /** The same over so many days. */
  public Shape withDays(int newDays) {
    return new Shape(newDays, copies, rejects, fields, skew, skewed);
  }

  /** The same with so many copies in a thousand lines. */
  public Shape withCopies(int newCopies) {
    return new Shape(days, newCopies, rejects, fields, skew, skewed);
  }

  /** The same with so many rejects in a thousand lines. */
  public Shape withRejects(int newRejects) {
    return new Shape(days, copies, newRejects, fields, skew, skewed);
  }

  /** The same with so many fields. */
  public Shape withFields(int newFields) {
    return new Shape(days, copies, rejects, newFields, skew, skewed);
  }

  /** How many fields there are beside the contract's. */
  public int attributes() {
    return Math.max(0, fields - USUAL_FIELDS);
  }

  /** The names of the contract's fields that the events don't have. */
  public List<String> leftOut() {
    return Arrays.stream(Field.values()).filter(this::lacks).map(Field::key).toList();
  }

  boolean lacks(Field field) {
    return fields == FEWEST_FIELDS && field.isDispensable();
  }

  /** The same where four of five lines have something in common. */
  public Shape withSkew(Skew newSkew) {
    return withSkew(newSkew, USUAL.skewed);
  }

  /** The same where so many of a hundred lines have something in common. */
  public Shape withSkew(Skew newSkew, int newSkewed) {
    return new Shape(days, copies, rejects, fields, newSkew, newSkewed);
  }

  /** The first midnight; more days than are left of the year start with it. */
  long startMillis() {
    return EventDraw.START + days * DAY > YEAR_START + MOST_DAYS * DAY
        ? YEAR_START
        : EventDraw.START;
  }

  /** From the first midnight to the last event, but for up to an hour. */
  long spanMillis() {
    return days * DAY - HOUR;
  }

  /** What is added to a folder's name: nothing for the usual. */
  String suffix() {
    if (equals(USUAL.withSkew(skew))) {
      return skew.suffix();
    }
    return String.format(
        Locale.ROOT,
        "-d%d-c%d-r%d-f%d%s%s",
        days,
        copies,
        rejects,
        fields,
        skew.suffix(),
        skew == Skew.NONE ? "" : skewed);
  }
}
