package dev.millrace.stages.sql;

import org.apache.calcite.runtime.CalciteContextException;

/** Texts for a message: on one line, and never long. */
final class Excerpt {
  private static final int LONGEST = 80;

  private Excerpt() {}

  static String of(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.codePointCount(0, line.length()) <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "...";
  }

  /** What the engine says, without the place that it names first, and what it would have liked. */
  static String reason(Throwable thrown) {
    boolean placed = thrown instanceof CalciteContextException && thrown.getCause() != null;
    String message = placed ? thrown.getCause().getMessage() : thrown.getMessage();
    if (thrown instanceof Vocabulary.Refused) {
      return message;
    }
    if (message == null || message.isBlank()) {
      return thrown.getClass().getSimpleName();
    }
    String first = message.strip().lines().findFirst().orElseThrow();
    String sentence = first.replaceFirst("\\. .*|\\.$", "");
    return of(Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1));
  }
}
