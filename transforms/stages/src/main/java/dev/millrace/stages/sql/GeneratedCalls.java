package dev.millrace.stages.sql;

import org.apache.calcite.linq4j.function.Strict;

/** What generated code calls instead of the engine's own: only therefore public. */
@Strict
public final class GeneratedCalls {
  private GeneratedCalls() {}

  /**
   * A number as it is.
   *
   * @throws ArithmeticException if it is infinite or none
   */
  public static double finite(double number) {
    if (!Double.isFinite(number)) {
      throw new ArithmeticException("the result is no number");
    }
    return number;
  }

  /** The length of a text in code points, as the lengths of a contract are. */
  public static int charLength(String text) {
    return text.codePointCount(0, text.length());
  }

  /** LIKE, in time that grows with the text and not faster. */
  public static boolean like(String text, String pattern) {
    return Wildcards.match(text, pattern, Wildcards.NO_ESCAPE);
  }

  /** LIKE with ESCAPE, a single character. */
  public static boolean likeEscape(String text, String pattern, String escape) {
    return Wildcards.match(text, pattern, escape.charAt(0));
  }
}
