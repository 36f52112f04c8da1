package dev.millrace.benchmarks.expert;

import java.util.function.Consumer;

/**
 * Sums by hour, type and country: a hash table of primitives, since it is asked for every event.
 */
final class HourSums {
  private static final long HOUR = 3_600_000_000L;

  private long[] keys = new long[1 << 12]; // zero is a free slot: no event is of 1970
  private long[] counts = new long[keys.length];
  private double[] amounts = new double[keys.length];
  private long[] durations = new long[keys.length];
  private int size;

  void add(EventRow row) {
    if (2 * size >= keys.length) {
      grow();
    }
    long key = ((row.micros() / HOUR) << 24) | ((long) row.typeIndex() << 16) | row.country();
    int slot = slot(key);
    counts[slot]++;
    amounts[slot] += row.amount();
    durations[slot] += row.durationMs();
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (keys[slot] != key) {
      if (keys[slot] == 0) {
        keys[slot] = key;
        size++;
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldCounts = counts;
    double[] oldAmounts = amounts;
    long[] oldDurations = durations;
    keys = new long[2 * oldKeys.length];
    counts = new long[keys.length];
    amounts = new double[keys.length];
    durations = new long[keys.length];
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(oldKeys[i]);
        counts[slot] = oldCounts[i];
        amounts[slot] = oldAmounts[i];
        durations[slot] = oldDurations[i];
      }
    }
  }

  /** Hands out all sums. */
  void drain(Consumer<HourSum> out) {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != 0) {
        out.accept(sum(i));
      }
    }
  }

  private HourSum sum(int slot) {
    HourSum sum = new HourSum();
    sum.key = keys[slot];
    sum.count = counts[slot];
    sum.amount = amounts[slot];
    sum.durationMs = durations[slot];
    return sum;
  }
}
