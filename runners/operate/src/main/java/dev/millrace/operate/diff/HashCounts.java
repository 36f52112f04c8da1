package dev.millrace.operate.diff;

import com.dynatrace.hash4j.hashing.HashValue128;

/**
 * A number for each of many hashes, 0 at first. Grows as it must, and forgets nothing.
 *
 * <p>A slot takes 20 bytes, with a key 36. At most three quarters of the slots are taken, and at
 * least three eighths of those of a table that has grown: so a hash takes 27 to 54 bytes, with a
 * key 48 to 96, and half as much again for the moment in which the table grows.
 */
final class HashCounts {
  private static final int FIRST_SLOTS = 64;

  /** High and low halves in turn; two zeros mark a free slot. */
  private long[] hashes = new long[2 * FIRST_SLOTS];

  /** Those that the hashes came with; null without. */
  private long[] keys;

  private int[] counts = new int[FIRST_SLOTS];
  private int size;

  private HashCounts(long[] keys) {
    this.keys = keys;
  }

  static HashCounts withoutKeys() {
    return new HashCounts(null);
  }

  /** One that remembers a second hash, its key, of each that is counted. */
  static HashCounts withKeys() {
    return new HashCounts(new long[2 * FIRST_SLOTS]);
  }

  /** What is done with each hash whose number isn't 0. */
  interface Visitor {
    /**
     * Takes a hash.
     *
     * @param high the first half of its key, or of itself if it has none
     * @param low the second half
     */
    void visit(long high, long low, int count);
  }

  int get(HashValue128 hash) {
    return counts[slot(high(hash), low(hash))];
  }

  void add(HashValue128 hash, int delta) {
    add(high(hash), low(hash), delta);
  }

  void add(HashValue128 hash, HashValue128 key, int delta) {
    int slot = add(high(hash), low(hash), delta);
    keys[2 * slot] = high(key);
    keys[2 * slot + 1] = low(key);
  }

  private static long high(HashValue128 hash) {
    return hash.getMostSignificantBits();
  }

  /** Never 0, which marks a free slot. */
  private static long low(HashValue128 hash) {
    long low = hash.getLeastSignificantBits();
    return low == 0 ? 1 : low;
  }

  /** Adds to a number, and gives the slot that it is in. */
  int add(long high, long low, int delta) {
    int slot = slot(high, low);
    if (isFree(slot)) {
      if (4L * (size + 1) > 3L * counts.length) {
        grow();
        slot = slot(high, low);
      }
      hashes[2 * slot] = high;
      hashes[2 * slot + 1] = low;
      size++;
    }
    counts[slot] = Math.addExact(counts[slot], delta);
    return slot;
  }

  int get(long high, long low) {
    return counts[slot(high, low)];
  }

  void forEach(Visitor visitor) {
    long[] shown = keys == null ? hashes : keys;
    for (int slot = 0; slot < counts.length; slot++) {
      if (counts[slot] != 0) {
        visitor.visit(shown[2 * slot], shown[2 * slot + 1], counts[slot]);
      }
    }
  }

  private boolean isFree(int slot) {
    return hashes[2 * slot + 1] == 0;
  }

  /** Where a hash is, or is to be. */
  private int slot(long high, long low) {
    int mask = counts.length - 1;
    int slot = (int) low & mask;
    while (!isFree(slot) && (hashes[2 * slot + 1] != low || hashes[2 * slot] != high)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    if (counts.length > 1 << 28) {
      throw new IllegalStateException(
          "Cannot compare a partition of more than %s different rows".formatted(size));
    }
    long[] oldHashes = hashes;
    long[] oldKeys = keys;
    int[] oldCounts = counts;
    hashes = new long[2 * oldHashes.length];
    keys = oldKeys == null ? null : new long[hashes.length];
    counts = new int[2 * oldCounts.length];
    for (int old = 0; old < oldCounts.length; old++) {
      if (oldHashes[2 * old + 1] != 0) {
        int slot = slot(oldHashes[2 * old], oldHashes[2 * old + 1]);
        System.arraycopy(oldHashes, 2 * old, hashes, 2 * slot, 2);
        counts[slot] = oldCounts[old];
        if (keys != null) {
          System.arraycopy(oldKeys, 2 * old, keys, 2 * slot, 2);
        }
      }
    }
  }
}
