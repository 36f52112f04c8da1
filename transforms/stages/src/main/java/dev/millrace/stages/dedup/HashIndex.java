package dev.millrace.stages.dedup;

/**
 * For each 128-bit hash, a time and a number: an open-addressing table in one array, without an
 * object an entry. It grows.
 */
final class HashIndex {
  private static final int HIGH = 0;
  private static final int LOW = 1;
  private static final int TIME = 2;
  private static final int NUMBER_PLUS_ONE = 3;
  private static final int WIDTH = 4;
  private static final int LARGEST = 1 << 27;

  private long[] table;
  private int mask;
  private int size;

  /** An index with room for so many hashes. */
  HashIndex(int hashes) {
    if (hashes > LARGEST) {
      throw new IllegalStateException(
          "Cannot index %s records in one shard: the most is %s (expected more shards)"
              .formatted(hashes, LARGEST));
    }
    int capacity = Math.max(4, Integer.highestOneBit(Math.max(1, hashes)) << 1);
    if (capacity < hashes + hashes / 2) {
      capacity <<= 1;
    }
    allocate(capacity);
  }

  private void allocate(int capacity) {
    table = new long[capacity * WIDTH];
    mask = capacity - 1;
  }

  /** The slot that has this hash, or the empty one where it belongs; until the next put. */
  int slot(long high, long low) {
    int at = (int) low & mask;
    while (true) {
      int slot = at * WIDTH;
      if (table[slot + NUMBER_PLUS_ONE] == 0
          || (table[slot + LOW] == low && table[slot + HIGH] == high)) {
        return slot;
      }
      at = (at + 1) & mask;
    }
  }

  boolean isEmpty(int slot) {
    return table[slot + NUMBER_PLUS_ONE] == 0;
  }

  long time(int slot) {
    return table[slot + TIME];
  }

  int number(int slot) {
    return (int) table[slot + NUMBER_PLUS_ONE] - 1;
  }

  void put(int slot, long high, long low, long time, int number) {
    boolean added = isEmpty(slot);
    table[slot + HIGH] = high;
    table[slot + LOW] = low;
    table[slot + TIME] = time;
    table[slot + NUMBER_PLUS_ONE] = number + 1L;
    if (added && ++size > mask - (mask >>> 2)) {
      grow();
    }
  }

  private void grow() {
    if (mask >= LARGEST) {
      throw new IllegalStateException(
          "Cannot index more than %s records in one shard (expected more shards)".formatted(size));
    }
    long[] old = table;
    allocate((mask + 1) * 2);
    for (int slot = 0; slot < old.length; slot += WIDTH) {
      if (old[slot + NUMBER_PLUS_ONE] != 0) {
        int to = slot(old[slot + HIGH], old[slot + LOW]);
        System.arraycopy(old, slot, table, to, WIDTH);
      }
    }
  }
}
