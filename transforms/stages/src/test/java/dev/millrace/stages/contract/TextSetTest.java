package dev.millrace.stages.contract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextSetTest {

  @Test
  void hasWhatWasPutInAndNothingElse() {
    List<String> even = IntStream.range(0, 1_000).mapToObj(i -> "t" + 2 * i).toList();
    TextSet set = TextSet.of(even);

    for (int i = 0; i < 2_000; i++) {
      assertThat("t" + i, contains(set, "t" + i), is(i % 2 == 0));
    }
  }

  @Test
  void tellsTextsOfTheSameHashApart() {
    TextSet set = TextSet.of(List.of("Aa", "x"));

    assertThat(contains(set, "Aa"), is(true));
    assertThat(contains(set, "BB"), is(false));
    assertThat(contains(TextSet.of(List.of("Aa", "BB", "Aa")), "BB"), is(true));
  }

  @Test
  void mayHoldTheEmptyText() {
    assertThat(contains(TextSet.of(List.of("")), ""), is(true));
    assertThat(contains(TextSet.of(List.of("a")), ""), is(false));
    assertThat(contains(TextSet.of(List.of()), ""), is(false));
  }

  private static boolean contains(TextSet set, String text) {
    byte[] utf8 = ("_" + text + "_").getBytes(StandardCharsets.UTF_8);
    return set.contains(utf8, 1, utf8.length - 2);
  }
}
