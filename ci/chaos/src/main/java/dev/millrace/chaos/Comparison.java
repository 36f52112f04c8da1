package dev.millrace.chaos;

import java.util.List;

/**
 * What a place has, beside what it must have.
 *
 * @param place its name
 * @param expected how much it must have
 * @param found how much it has
 * @param lost what isn't there, or less often than it must
 * @param unwarranted what is there and must not be, or more often than it must
 */
record Comparison(
    String place,
    long expected,
    long found,
    List<Bag.Surplus> lost,
    List<Bag.Surplus> unwarranted) {
  private static final int SAMPLES = 5;

  static Comparison of(String place, Bag expected, Bag found) {
    return new Comparison(
        place, expected.size(), found.size(), expected.without(found), found.without(expected));
  }

  boolean agrees() {
    return lost.isEmpty() && unwarranted.isEmpty();
  }

  /** A row of the table, and samples of what differs. */
  String lines() {
    StringBuilder lines =
        new StringBuilder(
            "%-28s%12d%12d%12d%12d%n"
                .formatted(place, expected, found, times(lost), times(unwarranted)));
    lost.stream().limit(SAMPLES).forEach(each -> lines.append("    lost: %s%n".formatted(each)));
    unwarranted.stream()
        .limit(SAMPLES)
        .forEach(each -> lines.append("    must not be there: %s%n".formatted(each)));
    return lines.toString();
  }

  static String header() {
    return "%-28s%12s%12s%12s%12s%n".formatted("place", "expected", "found", "lost", "too many");
  }

  private static long times(List<Bag.Surplus> all) {
    return all.stream().mapToLong(Bag.Surplus::times).sum();
  }
}
