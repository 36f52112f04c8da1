package dev.millrace.stages.sql;

/**
 * Matches the whole of a text with a pattern of LIKE: {@code %} is any text, {@code _} any code
 * point, and what follows the escape stands for itself.
 *
 * <p>Of all {@code %}, only the last one met is ever tried again, so it takes at most the length of
 * the text times that of the pattern. A regular expression could take exponentially long.
 */
final class Wildcards {
  static final int NO_ESCAPE = -1;

  private Wildcards() {}

  static boolean match(String text, String pattern, int escape) {
    int at = 0;
    int in = 0;
    int retryAt = -1;
    int retryIn = -1;
    while (at < text.length()) {
      if (in < pattern.length() && pattern.charAt(in) == '%' && escape != '%') {
        retryAt = at;
        retryIn = ++in;
        continue;
      }
      int step = step(text, at, pattern, in, escape);
      if (step > 0) {
        in += pattern.charAt(in) == escape && in + 1 < pattern.length() ? 2 : 1;
        at += step;
      } else if (retryAt >= 0) {
        retryAt += Character.charCount(text.codePointAt(retryAt));
        at = retryAt;
        in = retryIn;
      } else {
        return false;
      }
    }
    while (in < pattern.length() && pattern.charAt(in) == '%' && escape != '%') {
      in++;
    }
    return in == pattern.length();
  }

  /** How many chars of the text the next part of the pattern takes; 0 if it doesn't match. */
  private static int step(String text, int at, String pattern, int in, int escape) {
    if (in >= pattern.length()) {
      return 0;
    }
    char c = pattern.charAt(in);
    if (c == escape && in + 1 < pattern.length()) {
      return text.charAt(at) == pattern.charAt(in + 1) ? 1 : 0;
    }
    if (c == '_') {
      return Character.charCount(text.codePointAt(at));
    }
    return text.charAt(at) == c ? 1 : 0;
  }
}
