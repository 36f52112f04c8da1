package dev.millrace.stages.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * Counts of numbers in at most 2,048 buckets of one width, a power of two: the narrowest that makes
 * do with as many.
 *
 * <p>Which width that is depends on the set of the numbers only: a part of them never needs a wider
 * one than the whole. So a histogram is the same in whatever order and grouping it came to be,
 * which sketches that compact at random (KLL, REQ) or by arrival (t-digest) are not. Only buckets
 * that have numbers count, so one far off costs one bucket and not the width of the others.
 */
final class Histogram {
  static final int MOST_BUCKETS = 2048;

  private int shift;
  private int size;
  private long min = Long.MAX_VALUE;
  private long max = Long.MIN_VALUE;
  private long[] buckets = new long[16];
  private long[] counts = new long[16];

  void add(long number) {
    min = Math.min(min, number);
    max = Math.max(max, number);
    add(number, 1);
  }

  void merge(Histogram other) {
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    widenTo(other.shift);
    for (int i = 0; i < other.counts.length; i++) {
      if (other.counts[i] > 0) {
        add(other.buckets[i] << other.shift, other.counts[i]);
      }
    }
  }

  private void add(long number, long count) {
    count(number >> shift, count);
    while (size > MOST_BUCKETS) {
      widenTo(shift + 1);
    }
  }

  private void count(long bucket, long count) {
    int at = slot(bucket);
    boolean added = counts[at] == 0;
    buckets[at] = bucket;
    counts[at] += count;
    if (added && 2 * ++size > counts.length) {
      rebuild(2 * counts.length, 0);
    }
  }

  /** Where a bucket is, or belongs. */
  private int slot(long bucket) {
    int mask = counts.length - 1;
    int at = (int) ((bucket * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (counts[at] != 0 && buckets[at] != bucket) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void widenTo(int wider) {
    if (wider > shift) {
      int by = wider - shift;
      shift = wider;
      rebuild(counts.length, by);
    }
  }

  private void rebuild(int capacity, int by) {
    long[] oldBuckets = buckets;
    long[] oldCounts = counts;
    buckets = new long[capacity];
    counts = new long[capacity];
    size = 0;
    for (int i = 0; i < oldCounts.length; i++) {
      if (oldCounts[i] > 0) {
        count(oldBuckets[i] >> by, oldCounts[i]);
      }
    }
  }

  /**
   * The least number that a share of all numbers do not exceed, or the middle of its bucket.
   *
   * @param total how many numbers there are
   */
  long quantile(BigDecimal share, long total) {
    long rank =
        share.multiply(BigDecimal.valueOf(total)).setScale(0, RoundingMode.CEILING).longValue();
    long passed = 0;
    long[] sorted = sortedBuckets();
    int i = -1;
    do {
      passed += counts[slot(sorted[++i])];
    } while (passed < rank);
    long middle = (sorted[i] << shift) + ((1L << shift) >>> 1);
    return Math.max(min, Math.min(max, middle));
  }

  private long[] sortedBuckets() {
    long[] sorted = new long[size];
    int next = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        sorted[next++] = buckets[i];
      }
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /**
   * Writes the least and the greatest number (8 bytes each), the width's exponent (1 byte), and how
   * many buckets there are (2 bytes) with the number and the count of each, in order (8 bytes
   * each).
   */
  void encode(DataOutput out) throws IOException {
    out.writeLong(min);
    out.writeLong(max);
    out.writeByte(shift);
    out.writeShort(size);
    for (long bucket : sortedBuckets()) {
      out.writeLong(bucket);
      out.writeLong(counts[slot(bucket)]);
    }
  }

  /** Reads what was written into an empty histogram. */
  void decode(DataInput in) throws IOException {
    min = in.readLong();
    max = in.readLong();
    shift = in.readByte();
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      count(in.readLong(), in.readLong());
    }
  }
}
