package dev.millrace.stages.decode;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExcerptTest {
  private static String of(String text) {
    byte[] utf8 = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    return Excerpt.of(utf8, 1, utf8.length - 1);
  }

  @Test
  void keepsShortTextWhole() {
    assertThat(of("\"a\""), is("\"a\""));
    assertThat(of("x".repeat(80)), is("x".repeat(80)));
  }

  @Test
  void cutsLongTextBetweenCharacters() {
    assertThat(of("x".repeat(81)), is("x".repeat(80) + "..."));
    assertThat(of("x".repeat(79) + "é!"), is("x".repeat(79) + "..."));
    assertThat(of("x".repeat(77) + "😀😀"), is("x".repeat(77) + "..."));
  }

  @Test
  void takesTextToo() {
    assertThat(Excerpt.of("ığ\n"), is("ığ "));
    assertThat(Excerpt.of("x".repeat(100_000)), is("x".repeat(80) + "..."));
  }

  @Test
  void staysOnOneLine() {
    assertThat(of("[1,\r\n\t2]"), is("[1,   2]"));
  }
}
