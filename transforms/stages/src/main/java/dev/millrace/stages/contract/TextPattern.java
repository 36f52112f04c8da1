package dev.millrace.stages.contract;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of ECMA-262, as ODCS and JSON Schema have them, run by {@link Pattern}. It
 * is searched for: a text matches if any part of it does, unless {@code ^} and {@code $} say
 * otherwise.
 *
 * <p>What means something else in Java is translated: {@code $} is the very end here and never
 * comes before a last line feed, and in a class {@code [} and {@code &} stand for themselves. What
 * only Java has (inline flags, {@code \A}, {@code \z}, {@code \Q}, ...) is refused.
 *
 * <p>Some expressions take exponential time, or a deep stack, on some texts, and a record must not
 * hold up a run. So matching may look at a million characters plus a hundred for each of the text,
 * and gives up after that; it also gives up where the stack ends. A dozen characters can be enough.
 */
final class TextPattern implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long STEPS = 1_000_000;
  private static final long STEPS_PER_CHARACTER = 100;
  private static final String ONLY_JAVA = "AGZzQEhHRXaeN";

  /** What a search came to. */
  enum Verdict {
    FOUND,
    ABSENT,
    GAVE_UP
  }

  /** The length of the longest expression that is compiled. */
  private static final int LONGEST = 10_000;

  private final Pattern pattern;

  /** The same where it is simple enough, else null. */
  private final CharacterRuns runs;

  private TextPattern(Pattern pattern, CharacterRuns runs) {
    this.pattern = pattern;
    this.runs = runs;
  }

  /**
   * Compiles an expression.
   *
   * @throws IllegalArgumentException if it isn't one; the message is what was expected
   */
  static TextPattern compile(String ecma) {
    if (ecma.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a regular expression of at most %s characters".formatted(LONGEST));
    }
    try {
      return new TextPattern(Pattern.compile(translate(ecma)), CharacterRuns.of(ecma));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "a regular expression: " + e.getDescription() + " at character " + e.getIndex(), e);
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException("a regular expression with fewer groups in groups", e);
    }
  }

  private static String translate(String ecma) {
    StringBuilder java = new StringBuilder();
    boolean inClass = false;
    for (int i = 0; i < ecma.length(); i++) {
      char c = ecma.charAt(i);
      if (c == '\\' && i + 1 < ecma.length()) {
        java.append(c).append(escaped(ecma.charAt(++i)));
      } else if (inClass) {
        java.append(c == '[' || c == '&' ? "\\" : "").append(c);
        inClass = c != ']';
      } else {
        refuseUnlike(ecma, i);
        java.append(c == '$' ? "\\z" : String.valueOf(c));
        inClass = c == '[';
      }
    }
    return java.toString();
  }

  private static String escaped(char c) {
    if (ONLY_JAVA.indexOf(c) >= 0) {
      throw new IllegalArgumentException("a regular expression of ECMA-262, which has no \\" + c);
    }
    return c == 'v' ? "x0B" : String.valueOf(c);
  }

  private static void refuseUnlike(String ecma, int at) {
    boolean question = ecma.startsWith("(?", at) && at + 2 < ecma.length();
    if (question && ":=!<".indexOf(ecma.charAt(at + 2)) < 0) {
      throw new IllegalArgumentException("a regular expression of ECMA-262, which has no flags");
    }
    if (ecma.startsWith("[]", at) || ecma.startsWith("[^]", at)) {
      throw new IllegalArgumentException("a regular expression without empty classes");
    }
  }

  /** Searches a text in UTF-8. */
  Verdict find(byte[] utf8, int start, int length) {
    if (runs != null) {
      return runs.match(utf8, start, length) ? Verdict.FOUND : Verdict.ABSENT;
    }
    return find(new String(utf8, start, length, StandardCharsets.UTF_8));
  }

  private Verdict find(String text) {
    Matcher matcher = pattern.matcher(new Metered(text));
    try {
      return matcher.find() ? Verdict.FOUND : Verdict.ABSENT;
    } catch (TooCostly | StackOverflowError e) {
      return Verdict.GAVE_UP;
    }
  }

  /** Text that counts how often it is looked at. */
  private static final class Metered implements CharSequence {
    private final String text;
    private long steps;

    Metered(String text) {
      this.text = text;
      this.steps = STEPS + STEPS_PER_CHARACTER * text.length();
    }

    @Override
    public char charAt(int index) {
      if (--steps < 0) {
        throw new TooCostly();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Thrown through the matcher, which has no other way to be stopped; without a stack trace. */
  private static final class TooCostly extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooCostly() {
      super("Cannot match: too many steps", null, false, false);
    }
  }
}
