package dev.millrace.stages.dedup;

import java.util.BitSet;

/**
 * Which of the keys that were added may come more than once. Of those that don't, about one in ten
 * is taken for one that may; of those that do, none is missed.
 *
 * <p>Two bits a bucket, 8 to 16 buckets a key, say whether one key or several have fallen into it:
 * few enough to stay in the processor's cache, where a table of the hashes would not.
 */
final class RepeatedKeys {
  private static final int MOST_BUCKETS_PER_KEY = 16;
  private static final int LARGEST = 1 << 30;

  private final long[] hashes;
  private final int mask;
  private final BitSet taken;
  private final BitSet shared;
  private int size;

  /** With room for so many keys. */
  RepeatedKeys(int keys) {
    long wanted = Math.max(1L, (long) MOST_BUCKETS_PER_KEY * keys);
    int buckets = (int) Math.min(LARGEST, Long.highestOneBit(wanted));
    this.hashes = new long[keys];
    this.mask = buckets - 1;
    this.taken = new BitSet(buckets);
    this.shared = new BitSet(buckets);
  }

  /** Adds a key by 64 bits of its hash. */
  void add(long hash) {
    hashes[size++] = hash;
    int bucket = bucket(hash);
    if (taken.get(bucket)) {
      shared.set(bucket);
    } else {
      taken.set(bucket);
    }
  }

  /** Whether the key that was added as this one, from 0, may have been added again. */
  boolean mayRepeat(int number) {
    return shared.get(bucket(hashes[number]));
  }

  private int bucket(long hash) {
    return (int) hash & mask;
  }
}
