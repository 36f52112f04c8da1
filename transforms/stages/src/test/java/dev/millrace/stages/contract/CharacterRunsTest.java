package dev.millrace.stages.contract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharacterRunsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^$",
        "^[A-Z]{2}$",
        "^a$",
        "^ab?c$",
        "^[ab]*c+[0-9]{2,3}$",
        "^\\d{1,2}-\\w{0,2}$",
        "^[a-c-]+\\.[-0_]{2,}$",
        "^a{0}b{1,}$",
        "^[ab]{2}[abc]{1,2}$",
        "^\\$\\[a*0$"
      })
  void agreesWithTheExpression(String ecma) {
    CharacterRuns runs = CharacterRuns.of(ecma);
    assertThat(runs, notNullValue());
    Pattern expression = Pattern.compile(ecma.replaceAll("\\$$", "\\\\z"));
    Random random = new Random(5);
    String alphabet = "ababc0019-._$[Zé\n";
    int found = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(7); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      boolean expected = expression.matcher(text).find();
      assertThat(ecma + " in " + text, match(runs, text.toString()), is(expected));
      found += expected ? 1 : 0;
    }
    assertThat(ecma + " was never found", found > 0 || ecma.contains("A-Z"), is(true));
  }

  @Test
  void matchesInTheMiddleOfAnArray() {
    CharacterRuns runs = CharacterRuns.of("^[A-Z]{2}$");
    byte[] array = "xDEy".getBytes(StandardCharsets.UTF_8);

    assertThat(runs.match(array, 1, 2), is(true));
    assertThat(runs.match(array, 0, 2), is(false));
    assertThat(runs.match(array, 1, 3), is(false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "^a",
        "a$",
        "^a|b$",
        "^(a)$",
        "^.$",
        "^[^a]$",
        "^\\s$",
        "^[\\d]$",
        "^a*a$",
        "^a?b?a$",
        "^a+?b$",
        "^é$",
        "^[é]$",
        "^(?=a)a$",
        "^a\\b$",
        "^\\u0041$",
        "^[[a]$",
        "^a^b$"
      })
  void leavesOtherKindsToTheExpression(String ecma) {
    assertThat(CharacterRuns.of(ecma), nullValue());
  }

  private static boolean match(CharacterRuns runs, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return runs.match(utf8, 0, utf8.length);
  }
}
