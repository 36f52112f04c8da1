package dev.millrace.stages.contract;

import dev.millrace.record.Violation;
import dev.millrace.stages.contract.odcs.Shown;
import java.io.Serializable;
import java.util.List;

/**
 * One thing that is asked of a text: to match a pattern, to be written in a format, or to be or not
 * to be one of a set. Text is decoded only where it can't be told from its bytes.
 */
final class TextCheck implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TextPattern pattern;
  private final TextFormat format;
  private final TextSet valid;
  private final TextSet missing;
  private final Rule rule;

  private TextCheck(
      TextPattern pattern, TextFormat format, TextSet valid, TextSet missing, Rule rule) {
    this.pattern = pattern;
    this.format = format;
    this.valid = valid;
    this.missing = missing;
    this.rule = rule;
  }

  static TextCheck matches(TextPattern pattern, Rule rule) {
    return new TextCheck(pattern, null, null, null, rule);
  }

  static TextCheck isWrittenAs(TextFormat format, Rule rule) {
    return new TextCheck(null, format, null, null, rule);
  }

  static TextCheck isOneOf(List<String> values, Rule rule) {
    return new TextCheck(null, null, TextSet.of(values), null, rule);
  }

  static TextCheck isNoneOf(List<String> values, Rule rule) {
    return new TextCheck(null, null, null, TextSet.of(values), rule);
  }

  void check(String path, byte[] utf8, int start, int length, List<Violation> out) {
    if (pattern != null) {
      TextPattern.Verdict verdict = pattern.find(utf8, start, length);
      if (verdict != TextPattern.Verdict.FOUND) {
        String tooCostly =
            verdict == TextPattern.Verdict.GAVE_UP ? ", which is too costly to match" : "";
        out.add(rule.brokenBy(path, Shown.of(utf8, start, length) + tooCostly));
      }
    } else if (!isFulfilled(utf8, start, length)) {
      out.add(rule.brokenBy(path, Shown.of(utf8, start, length)));
    }
  }

  private boolean isFulfilled(byte[] utf8, int start, int length) {
    if (valid != null) {
      return valid.contains(utf8, start, length);
    }
    return missing != null
        ? !missing.contains(utf8, start, length)
        : format.matches(utf8, start, length);
  }
}
