package dev.millrace.stages.contract;

import dev.millrace.record.Violation;
import java.io.Serializable;
import java.util.List;

/**
 * What the values of a STRING field are limited to. Lengths are in code points. A rule that isn't
 * there is null; text is decoded only for a pattern. The {@code withX} methods return copies.
 */
record TextLimits(
    int minLength,
    Rule minRule,
    int maxLength,
    Rule maxRule,
    TextPattern pattern,
    Rule patternRule,
    TextSet valid,
    Rule validRule,
    TextSet missing,
    Rule missingRule)
    implements Serializable {

  static final TextLimits NONE =
      new TextLimits(0, null, Integer.MAX_VALUE, null, null, null, null, null, null, null);

  TextLimits withMinLength(int length, Rule rule) {
    return new TextLimits(
        length,
        rule,
        maxLength,
        maxRule,
        pattern,
        patternRule,
        valid,
        validRule,
        missing,
        missingRule);
  }

  TextLimits withMaxLength(int length, Rule rule) {
    return new TextLimits(
        minLength,
        minRule,
        length,
        rule,
        pattern,
        patternRule,
        valid,
        validRule,
        missing,
        missingRule);
  }

  TextLimits withPattern(TextPattern expression, Rule rule) {
    return new TextLimits(
        minLength,
        minRule,
        maxLength,
        maxRule,
        expression,
        rule,
        valid,
        validRule,
        missing,
        missingRule);
  }

  TextLimits withValid(List<String> values, Rule rule) {
    return new TextLimits(
        minLength,
        minRule,
        maxLength,
        maxRule,
        pattern,
        patternRule,
        TextSet.of(values),
        rule,
        missing,
        missingRule);
  }

  TextLimits withMissing(List<String> values, Rule rule) {
    return new TextLimits(
        minLength,
        minRule,
        maxLength,
        maxRule,
        pattern,
        patternRule,
        valid,
        validRule,
        TextSet.of(values),
        rule);
  }

  boolean isEmpty() {
    return minLength > maxLength;
  }

  void check(String path, byte[] utf8, int start, int length, List<Violation> out) {
    if (minRule != null || maxRule != null) {
      checkLength(path, utf8, start, length, out);
    }
    if (pattern != null) {
      checkPattern(path, utf8, start, length, out);
    }
    if (valid != null && !valid.contains(utf8, start, length)) {
      out.add(validRule.brokenBy(path, Shown.of(utf8, start, length)));
    }
    if (missing != null && missing.contains(utf8, start, length)) {
      out.add(missingRule.brokenBy(path, Shown.of(utf8, start, length)));
    }
  }

  private void checkLength(String path, byte[] utf8, int start, int length, List<Violation> out) {
    int characters = codePoints(utf8, start, length);
    Rule broken = characters < minLength ? minRule : characters > maxLength ? maxRule : null;
    if (broken != null) {
      String found = "%s of length %d".formatted(Shown.of(utf8, start, length), characters);
      out.add(broken.brokenBy(path, found));
    }
  }

  private void checkPattern(String path, byte[] utf8, int start, int length, List<Violation> out) {
    TextPattern.Verdict verdict = pattern.find(utf8, start, length);
    if (verdict != TextPattern.Verdict.FOUND) {
      String tooCostly =
          verdict == TextPattern.Verdict.GAVE_UP ? ", which is too costly to match" : "";
      out.add(patternRule.brokenBy(path, Shown.of(utf8, start, length) + tooCostly));
    }
  }

  /** Every byte of UTF-8 but the continuations (10xxxxxx) starts a code point. */
  private static int codePoints(byte[] utf8, int start, int length) {
    int count = 0;
    for (int i = start; i < start + length; i++) {
      count += (utf8[i] & 0xC0) == 0x80 ? 0 : 1;
    }
    return count;
  }
}
