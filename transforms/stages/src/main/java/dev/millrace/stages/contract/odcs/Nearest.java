package dev.millrace.stages.contract.odcs;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Suggests the known name that is nearest to one that isn't known. */
public final class Nearest {
  private Nearest() {}

  /** The message about an unknown name: {@code Unknown key: requird (did you mean required?)}. */
  public static String unknown(String kind, String name, Collection<String> known) {
    // No name that is known is as long; to compare one of a million characters takes long.
    int near = name.length() > 100 ? 0 : Math.max(1, name.length() / 3);
    String hint =
        known.stream()
            .filter(candidate -> near > 0)
            .filter(candidate -> distance(name, candidate) <= near)
            .min(Comparator.comparingInt((String candidate) -> distance(name, candidate)))
            .map(candidate -> "did you mean " + candidate + "?")
            .orElse("expected " + (known.isEmpty() ? "none" : String.join(", ", known)));
    return "Unknown %s: %s (%s)".formatted(kind, Shown.of(name), hint);
  }

  /** The edit distance of Levenshtein, with two swapped neighbours as one edit. */
  static int distance(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = IntStream.rangeClosed(0, to.length()).toArray();
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        row[j] = Math.min(last[j - 1] + (same ? 0 : 1), 1 + Math.min(row[j - 1], last[j]));
        boolean swapped =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        row[j] = swapped ? Math.min(row[j], beforeLast[j - 2] + 1) : row[j];
      }
      beforeLast = last;
      last = row;
    }
    return last[to.length()];
  }
}
