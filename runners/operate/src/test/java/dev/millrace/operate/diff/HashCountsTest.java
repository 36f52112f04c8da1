package dev.millrace.operate.diff;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HashCountsTest {
  private static final HashValue128 ZERO = new HashValue128(0, 0);

  @Test
  void countsAsAMapDoes() {
    HashCounts counts = HashCounts.withoutKeys();
    Map<Integer, Integer> expected = new HashMap<>();
    Random random = new Random(7);
    for (int i = 0; i < 50_000; i++) {
      int value = random.nextInt(10_000);
      int delta = random.nextBoolean() ? 1 : -1;
      counts.add(hash(value), delta);
      expected.merge(value, delta, Integer::sum);
    }
    for (int value = 0; value < 11_000; value++) {
      assertThat(counts.get(hash(value)), is(expected.getOrDefault(value, 0)));
    }
    int[] shown = {0};
    counts.forEach((high, low, count) -> shown[0] += Math.abs(count));
    assertThat(shown[0], is(expected.values().stream().mapToInt(Math::abs).sum()));
  }

  @Test
  void remembersTheKeysOfHashesWhileItGrows() {
    HashCounts counts = HashCounts.withKeys();
    for (int value = 0; value < 1_000; value++) {
      counts.add(hash(value), hash(value % 10), 1);
    }
    HashCounts byKey = HashCounts.withoutKeys();
    counts.forEach(byKey::add);
    for (int key = 0; key < 10; key++) {
      assertThat(byKey.get(hash(key)), is(100));
    }
  }

  @Test
  void takesAHashThatIsZero() {
    HashCounts counts = HashCounts.withoutKeys();
    counts.add(ZERO, 2);
    counts.add(hash(1), 1);
    assertThat(counts.get(ZERO), is(2));
    counts.add(ZERO, -2);
    Map<Long, Integer> shown = new HashMap<>();
    counts.forEach((high, low, count) -> shown.put(high, count));
    assertThat(shown, equalTo(Map.of(hash(1).getMostSignificantBits(), 1)));
  }

  private static HashValue128 hash(int value) {
    return Hashing.xxh3_128().hashStream().putInt(value).get();
  }
}
