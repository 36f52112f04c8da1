package dev.millrace.operate.draft;

/** Whether hashes all differ: a set of them, until one is there twice or the budget is spent. */
final class Distinct {
  private static final int FIRST_SLOTS = 64;

  private final HashBudget budget;
  private long[] slots = new long[FIRST_SLOTS];
  private int size;

  /** Zero marks a free slot. */
  private boolean zero;

  private boolean repeated;

  Distinct(HashBudget budget) {
    this.budget = budget;
  }

  /** Whether all hashes so far differ and are known. */
  boolean holds() {
    return slots != null;
  }

  /** Whether one was there twice. */
  boolean isRepeated() {
    return repeated;
  }

  /** Adds a hash, and forgets all if it was there. */
  void addOrGiveUp(long hash) {
    if (holds() && !add(hash)) {
      repeated = slots != null;
      giveUp();
    }
  }

  /** Adds a hash; false if it was there, or if there is no room for another. */
  boolean add(long hash) {
    if (slots == null) {
      return false;
    }
    if (hash == 0) {
      boolean added = !zero;
      zero = true;
      return added;
    }
    if (size >= slots.length / 2 && !grow()) {
      return false;
    }
    int at = place(hash);
    if (slots[at] == hash) {
      return false;
    }
    slots[at] = hash;
    size++;
    return true;
  }

  private boolean grow() {
    if (!budget.take(slots.length)) {
      giveUp();
      return false;
    }
    long[] smaller = slots;
    slots = new long[2 * smaller.length];
    for (long hash : smaller) {
      if (hash != 0) {
        slots[place(hash)] = hash;
      }
    }
    return true;
  }

  private void giveUp() {
    if (slots != null) {
      budget.giveBack(slots.length - FIRST_SLOTS);
      slots = null;
    }
  }

  private int place(long hash) {
    int mask = slots.length - 1;
    int at = (int) hash & mask;
    while (slots[at] != 0 && slots[at] != hash) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
