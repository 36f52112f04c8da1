package dev.millrace.stages.dedup;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class HashIndexTest {

  @Test
  void findsEveryHashThatItWasMadeFor() {
    int size = 1000;
    HashIndex index = new HashIndex(size);
    for (int i = 0; i < size; i++) {
      index.put(index.slot(i / 7, i % 7), i / 7, i % 7, -i, i);
    }

    for (int i = 0; i < size; i++) {
      int slot = index.slot(i / 7, i % 7);
      assertThat(index.isEmpty(slot), is(false));
      assertThat(index.number(slot), is(i));
      assertThat(index.time(slot), is((long) -i));
    }
    assertThat(index.isEmpty(index.slot(size, 0)), is(true));
  }

  @Test
  void tellsHashesApartThatShareAHalf() {
    HashIndex index = new HashIndex(4);
    index.put(index.slot(1, 2), 1, 2, 0, 0);

    assertThat(index.isEmpty(index.slot(2, 2)), is(true));
    assertThat(index.isEmpty(index.slot(1, 3)), is(true));
  }

  @Test
  void takesTheHashOfZeros() {
    HashIndex index = new HashIndex(1);
    assertThat(index.isEmpty(index.slot(0, 0)), is(true));

    index.put(index.slot(0, 0), 0, 0, 0, 0);

    assertThat(index.isEmpty(index.slot(0, 0)), is(false));
  }

  @Test
  void refusesMoreThanAnArrayCanHold() {
    IllegalStateException failure =
        assertThrows(IllegalStateException.class, () -> new HashIndex((1 << 27) + 1));

    assertThat(
        failure.getMessage(),
        is(
            "Cannot index 134217729 records in one shard: the most is 134217728 (expected more shards)"));
  }
}
