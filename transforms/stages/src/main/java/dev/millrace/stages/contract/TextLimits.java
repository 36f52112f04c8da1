package dev.millrace.stages.contract;

import dev.millrace.record.Violation;
import dev.millrace.stages.contract.odcs.Shown;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What the values of a STRING field are limited to. Lengths are in code points. A rule that isn't
 * there is null. The {@code withX} methods return copies.
 */
record TextLimits(int minLength, Rule minRule, int maxLength, Rule maxRule, List<TextCheck> checks)
    implements Serializable {

  static final TextLimits NONE = new TextLimits(0, null, Integer.MAX_VALUE, null, List.of());

  TextLimits {
    checks = List.copyOf(checks);
  }

  TextLimits withMinLength(int length, Rule rule) {
    return new TextLimits(length, rule, maxLength, maxRule, checks);
  }

  TextLimits withMaxLength(int length, Rule rule) {
    return new TextLimits(minLength, minRule, length, rule, checks);
  }

  TextLimits with(TextCheck check) {
    List<TextCheck> more = new ArrayList<>(checks);
    more.add(check);
    return new TextLimits(minLength, minRule, maxLength, maxRule, more);
  }

  boolean isEmpty() {
    return minLength > maxLength;
  }

  void check(String path, byte[] utf8, int start, int length, List<Violation> out) {
    if (minRule != null || maxRule != null) {
      checkLength(path, utf8, start, length, out);
    }
    for (int i = 0; i < checks.size(); i++) {
      checks.get(i).check(path, utf8, start, length, out);
    }
  }

  private void checkLength(String path, byte[] utf8, int start, int length, List<Violation> out) {
    int characters = codePoints(utf8, start, length);
    Rule broken = characters < minLength ? minRule : characters > maxLength ? maxRule : null;
    if (broken != null) {
      String found = "%s of length %s".formatted(Shown.of(utf8, start, length), characters);
      out.add(broken.brokenBy(path, found));
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
