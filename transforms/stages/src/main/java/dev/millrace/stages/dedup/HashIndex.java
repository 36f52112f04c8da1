package dev.millrace.stages.dedup;

/**
 * For each 128-bit hash, a time and a number: an open-addressing table in one array, without an
 * object an entry. Holds as many hashes as it was made for.
 */
final class HashIndex {
  private static final int HIGH = 0;
  private static final int LOW = 1;
  private static final int TIME = 2;
  private static final int NUMBER_PLUS_ONE = 3;
  private static final int WIDTH = 4;
  private static final int LARGEST = 1 << 27;

  private final long[] table;
  private final int mask;

  HashIndex(int hashes) {
    if (hashes > LARGEST) {
      throw new IllegalStateException(
          "Cannot index %d records in one shard: the most is %d (expected more shards)"
              .formatted(hashes, LARGEST));
    }
    int capacity = Math.max(4, Integer.highestOneBit(Math.max(1, hashes)) << 1);
    if (capacity < hashes + hashes / 2) {
      capacity <<= 1;
    }
    this.table = new long[capacity * WIDTH];
    this.mask = capacity - 1;
  }

  /** The slot that has this hash, or the empty one where it belongs. */
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
    table[slot + HIGH] = high;
    table[slot + LOW] = low;
    table[slot + TIME] = time;
    table[slot + NUMBER_PLUS_ONE] = number + 1L;
  }
}
