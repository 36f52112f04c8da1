package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.TextPattern.Verdict.ABSENT;
import static dev.millrace.stages.contract.TextPattern.Verdict.FOUND;
import static dev.millrace.stages.contract.TextPattern.Verdict.GAVE_UP;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.millrace.stages.contract.TextPattern.Verdict;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextPatternTest {

  @Test
  void dollarIsTheVeryEnd() {
    assertThat(find("^a$", "a"), is(FOUND));
    assertThat(find("^a$", "a\n"), is(ABSENT));
    assertThat(find("^\\$[$]$", "$$"), is(FOUND));
  }

  @Test
  void bracketsAndAmpersandsInClassesAreThemselves() {
    assertThat(find("^[[a]$", "["), is(FOUND));
    assertThat(find("^[a-z&&[aeiou]+$", "&["), is(FOUND));
    assertThat(find("^[a\\]b]+$", "]"), is(FOUND));
  }

  @Test
  void verticalTabIsOneCharacter() {
    assertThat(find("^\\v$", "\u000b"), is(FOUND));
    assertThat(find("^\\v$", "\n"), is(ABSENT));
  }

  @Test
  void groupsAreAllowed() {
    assertThat(find("^(?:a|b)(?=c)(?!d)(?<x>c)\\k<x>$", "acc"), is(FOUND));
  }

  @Test
  void longTextsOfSimplePatternsAreMatched() {
    assertThat(find("^[a-z]+$", "a".repeat(5_000_000)), is(FOUND));
  }

  @Test
  void givesUpOnExponentialTime() {
    assertThat(find("^(a|aa)+\\1$", "a".repeat(60) + "b"), is(GAVE_UP));
  }

  @Test
  void givesUpOnExponentialTimeInAShortText() {
    assertThat(find("^(a|a|a|a|a|a|a|a|a|a)+\\1$", "aaaaaaaaaaab"), is(GAVE_UP));
  }

  @Test
  void givesUpWhereTheStackEnds() {
    assertThat(find("^(?:a|b)*$", "ab".repeat(1_000_000)), is(GAVE_UP));
  }

  private static Verdict find(String pattern, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return TextPattern.compile(pattern).find(utf8, 0, utf8.length);
  }
}
