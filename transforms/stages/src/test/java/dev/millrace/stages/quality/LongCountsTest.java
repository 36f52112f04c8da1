package dev.millrace.stages.quality;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LongCountsTest {
  private final LongCounts counts = new LongCounts();

  @Test
  void countsEachNumberAndGivesThemInOrder() {
    for (long number : new long[] {3, -1, 3, 0, Long.MIN_VALUE, 3}) {
      counts.increment(number);
    }

    assertThat(all(), contains(Long.MIN_VALUE + "x1", "-1x1", "0x1", "3x3"));
  }

  @Test
  void hasNothingAtFirst() {
    assertThat(all(), empty());
  }

  @Test
  void growsWithItsNumbers() {
    for (int i = 0; i < 10_000; i++) {
      counts.increment(i % 5000);
    }

    assertThat(all().size(), is(5000));
    assertThat(all().stream().allMatch(text -> text.endsWith("x2")), is(true));
  }

  private List<String> all() {
    List<String> all = new ArrayList<>();
    counts.forEach((number, count) -> all.add(number + "x" + count));
    return all;
  }
}
