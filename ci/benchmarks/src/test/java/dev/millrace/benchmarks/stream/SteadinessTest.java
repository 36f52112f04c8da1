package dev.millrace.benchmarks.stream;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SteadinessTest {

  @Test
  void takesPercentilesOfWhatWasSentAfterTheWarmUp() {
    Map<String, Long> sent = new HashMap<>();
    Map<String, Long> appended = new HashMap<>();
    sent.put("before", 999L);
    appended.put("before", 90_000L);
    for (long i = 1; i <= 100; i++) {
      sent.put("id" + i, 1000L);
      appended.put("id" + i, 1000 + i);
    }
    assertThat(Steadiness.of(sent, appended, 1000, 9.5), is(new Steadiness(100, 9.5, 50, 99, 100)));
  }

  @Test
  void leavesOutWhatWasNotSentAfterTheWarmUp() {
    assertThat(
        Steadiness.of(Map.of(), Map.of("before", 5L), 0, 1), is(new Steadiness(0, 1, -1, -1, -1)));
  }
}
