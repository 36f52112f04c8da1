package dev.millrace.stages.dedup;

/**
 * Which chunks of a log may have a hash: an open-addressing table of 4 bytes a slot, 12 bits of the
 * hash and the chunk's number. A chunk that it names has the hash in all but one of 4,096 cases;
 * one that has it is always named.
 *
 * <p>Too little of a hash is kept for the table to grow by itself: a larger one is filled anew.
 */
final class ChunkIndex {
  private static final int CHUNK_BITS = 20;
  private static final int CHUNK_MASK = (1 << CHUNK_BITS) - 1;
  private static final int SMALLEST = 16;
  private static final int LARGEST = 1 << 30;

  /** Zero is an empty slot, so chunks are counted from one. */
  private final int[] slots;

  private final int mask;
  private int size;

  private ChunkIndex(int slots) {
    this.slots = new int[slots];
    this.mask = slots - 1;
  }

  /** An index with room for so many hashes and half as many again. */
  static ChunkIndex roomFor(int hashes) {
    int slots = SMALLEST;
    while (slots < LARGEST && most(slots) < hashes + (long) hashes / 2) {
      slots *= 2;
    }
    return new ChunkIndex(slots);
  }

  private static int most(int slots) {
    return slots - slots / 4;
  }

  /** Whether there is no room for another hash. */
  boolean isFull() {
    return size >= most(slots.length);
  }

  /** Notes that a chunk has a hash. */
  void add(long hash, int chunk) {
    if (chunk >= CHUNK_MASK) {
      throw new IllegalStateException(
          "Cannot remember more than %s chunks of records in one shard (expected more shards)"
              .formatted(CHUNK_MASK));
    }
    int entry = print(hash) | (chunk + 1);
    int slot = (int) hash & mask;
    while (slots[slot] != 0) {
      if (slots[slot] == entry) {
        return;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = entry;
    size++;
  }

  /** The first slot whose chunk may have a hash, or -1. */
  int first(long hash) {
    return find(hash, (int) hash & mask);
  }

  /** The one after a slot whose chunk may have it. */
  int next(long hash, int slot) {
    return find(hash, (slot + 1) & mask);
  }

  private int find(long hash, int from) {
    int slot = from;
    while (slots[slot] != 0) {
      if ((slots[slot] & ~CHUNK_MASK) == print(hash)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  /** The chunk of a slot. */
  int chunk(int slot) {
    return (slots[slot] & CHUNK_MASK) - 1;
  }

  private static int print(long hash) {
    return (int) (hash >>> (Long.SIZE - Integer.SIZE)) & ~CHUNK_MASK;
  }
}
