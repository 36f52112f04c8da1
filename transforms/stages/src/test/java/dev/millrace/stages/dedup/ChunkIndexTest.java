package dev.millrace.stages.dedup;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkIndexTest {
  private final ChunkIndex index = ChunkIndex.roomFor(0);

  @Test
  void namesNoChunkOfAHashThatWasNotAdded() {
    index.add(0x123L << 52 | 7, 3);

    assertThat(chunks(index, 0x124L << 52 | 7), is(empty()));
    assertThat(chunks(index, 0x123L << 52 | 8), is(empty()));
  }

  @Test
  void namesEachChunkOfAHashOnce() {
    index.add(-1, 0);
    index.add(-1, 0);
    index.add(-1, 5);

    assertThat(chunks(index, -1), contains(0, 5));
  }

  @Test
  void isFullWhenThreeQuartersAreTaken() {
    for (int i = 0; i < 11; i++) {
      index.add(i, i);
    }
    assertThat(index.isFull(), is(false));

    index.add(11, 11);
    assertThat(index.isFull(), is(true));
  }

  @Test
  void findsAllOfManyHashesAndHardlyEverAnother() {
    Random random = new Random(7);
    ChunkIndex large = ChunkIndex.roomFor(100_000);
    long[] hashes = random.longs(100_000).toArray();
    for (int i = 0; i < hashes.length; i++) {
      large.add(hashes[i], i / 128);
    }
    assertThat(large.isFull(), is(false));

    int others = 0;
    for (int i = 0; i < hashes.length; i++) {
      List<Integer> chunks = chunks(large, hashes[i]);
      assertThat(chunks, hasItem(i / 128));
      others += chunks.size() - 1;
    }
    assertThat(others, lessThan(200));
  }

  @Test
  void refusesAChunkThatHasNoNumber() {
    index.add(1, (1 << 20) - 2);
    assertThat(chunks(index, 1), contains((1 << 20) - 2));

    IllegalStateException failure =
        assertThrows(IllegalStateException.class, () -> index.add(1, (1 << 20) - 1));
    assertThat(
        failure.getMessage(),
        is(
            "Cannot remember more than 1048575 chunks of records in one shard (expected more shards)"));
  }

  private static List<Integer> chunks(ChunkIndex index, long hash) {
    List<Integer> chunks = new ArrayList<>();
    for (int slot = index.first(hash); slot >= 0; slot = index.next(hash, slot)) {
      chunks.add(index.chunk(slot));
    }
    return chunks;
  }
}
