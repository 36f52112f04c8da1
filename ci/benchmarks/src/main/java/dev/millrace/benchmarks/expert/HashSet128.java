package dev.millrace.benchmarks.expert;

/**
 * A set of 128-bit hashes: two longs a slot, one slot after the other, half of them in use at most.
 */
final class HashSet128 {
  private long[] table = new long[1 << 17];
  private int size;
  private boolean hasZero;

  /** Adds a hash; returns whether it is new. */
  boolean add(long high, long low) {
    if (high == 0 && low == 0) {
      boolean isNew = !hasZero;
      hasZero = true;
      return isNew;
    }
    if (4 * size >= table.length) {
      grow();
    }
    int slot = slot(low);
    while (table[slot] != 0 || table[slot + 1] != 0) {
      if (table[slot] == high && table[slot + 1] == low) {
        return false;
      }
      slot = (slot + 2) & (table.length - 1);
    }
    table[slot] = high;
    table[slot + 1] = low;
    size++;
    return true;
  }

  private int slot(long low) {
    return (int) (low << 1) & (table.length - 1);
  }

  private void grow() {
    long[] old = table;
    table = new long[2 * old.length];
    size = 0;
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != 0 || old[i + 1] != 0) {
        add(old[i], old[i + 1]);
      }
    }
  }
}
