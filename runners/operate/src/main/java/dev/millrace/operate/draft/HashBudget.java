package dev.millrace.operate.draft;

/** How much memory all sets of hashes may take together: 128 MB. */
final class HashBudget {
  private static final long MOST_SLOTS = 16L << 20;

  private final long most;
  private long used;

  HashBudget() {
    this(MOST_SLOTS);
  }

  HashBudget(long most) {
    this.most = most;
  }

  /** Whether so many slots of 8 bytes may be used. */
  boolean take(int slots) {
    if (used + slots > most) {
      return false;
    }
    used += slots;
    return true;
  }

  void giveBack(int slots) {
    used -= slots;
  }
}
