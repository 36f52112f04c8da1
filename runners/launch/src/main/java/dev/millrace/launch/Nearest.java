package dev.millrace.launch;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known name that a mistyped one most likely stands for. */
final class Nearest {
  private Nearest() {}

  /** " (did you mean name?)", or nothing if no known name is near. */
  static String hint(String name, Collection<String> known) {
    return to(name, known).map(" (did you mean %s?)"::formatted).orElse("");
  }

  /** The nearest known name, if no more than a third of its characters are different. */
  static Optional<String> to(String name, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .filter(candidate -> distance(name, candidate) <= Math.max(1, candidate.length() / 3));
  }

  /** The characters to insert, delete, replace or swap with the next, without regard to case. */
  private static int distance(String from, String to) {
    int[][] distances = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        distances[i][j] = i == 0 || j == 0 ? i + j : distance(distances, i, j, from, to);
      }
    }
    return distances[from.length()][to.length()];
  }

  private static int distance(int[][] shorter, int i, int j, String from, String to) {
    boolean same = same(from.charAt(i - 1), to.charAt(j - 1));
    int distance =
        Math.min(
            shorter[i - 1][j - 1] + (same ? 0 : 1),
            1 + Math.min(shorter[i - 1][j], shorter[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && same(from.charAt(i - 1), to.charAt(j - 2))
            && same(from.charAt(i - 2), to.charAt(j - 1));
    return swapped ? Math.min(distance, shorter[i - 2][j - 2] + 1) : distance;
  }

  private static boolean same(char a, char b) {
    return Character.toLowerCase(a) == Character.toLowerCase(b);
  }
}
