package dev.millrace.stages.quality;

import java.util.Arrays;

/** Counts by number, in an open-addressing table that grows. Neighbours often count the same. */
final class LongCounts {
  /** Takes a number and how often it was counted. */
  @FunctionalInterface
  interface Consumer {
    void accept(long number, long count);
  }

  private long[] numbers = new long[64];
  private long[] counts = new long[64];
  private int size;

  void increment(long number) {
    add(number, 1);
  }

  private void add(long number, long count) {
    int slot = slot(number);
    if (counts[slot] == 0) {
      numbers[slot] = number;
      size++;
    }
    counts[slot] += count;
    if (2 * size > numbers.length) {
      grow();
    }
  }

  /** Gives each number and its count, in the order of the numbers. */
  void forEach(Consumer consumer) {
    long[] sorted = new long[size];
    int found = 0;
    for (int slot = 0; slot < counts.length; slot++) {
      if (counts[slot] > 0) {
        sorted[found++] = numbers[slot];
      }
    }
    Arrays.sort(sorted);
    for (long number : sorted) {
      consumer.accept(number, counts[slot(number)]);
    }
  }

  private int slot(long number) {
    int mask = numbers.length - 1;
    int slot = (int) ((number * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (counts[slot] > 0 && numbers[slot] != number) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldNumbers = numbers;
    long[] oldCounts = counts;
    numbers = new long[2 * oldNumbers.length];
    counts = new long[2 * oldCounts.length];
    size = 0;
    for (int i = 0; i < oldNumbers.length; i++) {
      if (oldCounts[i] > 0) {
        add(oldNumbers[i], oldCounts[i]);
      }
    }
  }
}
