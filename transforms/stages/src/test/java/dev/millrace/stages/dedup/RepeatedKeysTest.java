package dev.millrace.stages.dedup;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RepeatedKeysTest {
  private static final int KEYS = 10_000;

  @Test
  void missesNoneThatRepeats() {
    SplittableRandom random = new SplittableRandom(7);
    RepeatedKeys repeated = new RepeatedKeys(2 * KEYS);
    long[] hashes = random.longs(KEYS).toArray();
    for (int round = 0; round < 2; round++) {
      for (long hash : hashes) {
        repeated.add(hash);
      }
    }

    for (int i = 0; i < 2 * KEYS; i++) {
      assertThat(repeated.mayRepeat(i), is(true));
    }
  }

  @Test
  void passesMostThatComeOnce() {
    RepeatedKeys repeated = new RepeatedKeys(KEYS);
    new SplittableRandom(7).longs(KEYS).forEach(repeated::add);

    int taken = 0;
    for (int i = 0; i < KEYS; i++) {
      taken += repeated.mayRepeat(i) ? 1 : 0;
    }

    assertThat(taken, greaterThan(0));
    assertThat(taken, lessThan(KEYS / 8));
  }

  @Test
  void takesKeysInTheOrderInWhichTheyWereAdded() {
    RepeatedKeys repeated = new RepeatedKeys(3);
    repeated.add(1);
    repeated.add(2);
    repeated.add(1);

    assertThat(repeated.mayRepeat(0), is(true));
    assertThat(repeated.mayRepeat(1), is(false));
    assertThat(repeated.mayRepeat(2), is(true));
  }
}
