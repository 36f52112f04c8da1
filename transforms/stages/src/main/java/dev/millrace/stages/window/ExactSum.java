package dev.millrace.stages.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The sum of doubles without rounding, so that it does not depend on their order: a fixed-point
 * number wide enough for all of them (U. Kulisch, "Computer Arithmetic and Validity", 2008), in
 * chunks of 32 bits with room for carries above, which are passed on only once in a billion
 * additions (R. Neal, "Fast Exact Summation Using Small and Large Superaccumulators", 2015).
 *
 * <p>Only the chunks that values have touched are kept: three or four for numbers of like size.
 */
final class ExactSum {
  /** The weight of the lowest bit is 2 to this power, that of the smallest double. */
  private static final int LOWEST = -1074;

  private static final int CHUNK_BITS = 32;
  private static final long CHUNK_MASK = 0xffff_ffffL;
  private static final long FRACTION = (1L << 52) - 1;
  private static final int NOT_FINITE = 0x7ff;

  /** An addition changes a chunk by less than 2^32, so that 2^30 of them stay within 63 bits. */
  private static final int MOST_ADDITIONS = 1 << 30;

  private static final int CHUNKS_OF_A_DOUBLE = 3;

  private long[] chunks = {};
  private int first;
  private int additions;
  private boolean positiveInfinity;
  private boolean negativeInfinity;

  void add(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> 52) & 0x7ff;
    long mantissa = bits & FRACTION;
    if (exponent == NOT_FINITE) {
      positiveInfinity |= value > 0;
      negativeInfinity |= value < 0;
      return;
    }
    if (exponent > 0) {
      mantissa |= FRACTION + 1;
      exponent--;
    }
    if (mantissa != 0) {
      addAt(exponent, mantissa, bits < 0 ? -1 : 1);
    }
  }

  private void addAt(int position, long mantissa, int sign) {
    int chunk = position / CHUNK_BITS;
    int shift = position % CHUNK_BITS;
    int at = cover(chunk, chunk + CHUNKS_OF_A_DOUBLE);
    chunks[at] += sign * ((mantissa << shift) & CHUNK_MASK);
    chunks[at + 1] += sign * ((mantissa >>> (CHUNK_BITS - shift)) & CHUNK_MASK);
    chunks[at + 2] += sign * ((mantissa >>> CHUNK_BITS) >>> (CHUNK_BITS - shift));
    if (++additions == MOST_ADDITIONS) {
      set(exact());
    }
  }

  void merge(ExactSum other) {
    positiveInfinity |= other.positiveInfinity;
    negativeInfinity |= other.negativeInfinity;
    if (additions + (long) other.additions >= MOST_ADDITIONS) {
      set(exact().add(other.exact()));
    } else if (other.chunks.length > 0) {
      int at = cover(other.first, other.first + other.chunks.length);
      for (int i = 0; i < other.chunks.length; i++) {
        chunks[at + i] += other.chunks[i];
      }
      additions += other.additions;
    }
  }

  /** Makes room for chunks and tells where the first of them is. */
  private int cover(int from, int to) {
    if (chunks.length == 0) {
      first = from;
      chunks = new long[to - from];
    } else if (from < first || to > first + chunks.length) {
      int start = Math.min(from, first);
      int end = Math.max(to, first + chunks.length);
      long[] wider = new long[end - start];
      System.arraycopy(chunks, 0, wider, first - start, chunks.length);
      chunks = wider;
      first = start;
    }
    return from - first;
  }

  /** The sum over a count, rounded once to the nearest double, ties to even. */
  double dividedBy(long count) {
    if (positiveInfinity || negativeInfinity) {
      return (positiveInfinity ? Double.POSITIVE_INFINITY : 0)
          + (negativeInfinity ? Double.NEGATIVE_INFINITY : 0);
    }
    return Rounding.nearest(exact(), LOWEST, BigInteger.valueOf(count));
  }

  /** The sum in units of the lowest bit. */
  private BigInteger exact() {
    BigInteger sum = BigInteger.ZERO;
    for (int i = chunks.length - 1; i >= 0; i--) {
      sum = sum.shiftLeft(CHUNK_BITS).add(BigInteger.valueOf(chunks[i]));
    }
    return sum.shiftLeft(CHUNK_BITS * first);
  }

  /** Begins anew with a sum: its chunks count as one addition. */
  private void set(BigInteger sum) {
    BigInteger magnitude = sum.abs();
    int end = (magnitude.bitLength() + CHUNK_BITS - 1) / CHUNK_BITS;
    first = Math.max(0, magnitude.getLowestSetBit()) / CHUNK_BITS;
    chunks = new long[end - Math.min(first, end)];
    for (int i = 0; i < chunks.length; i++) {
      long chunk = magnitude.shiftRight(CHUNK_BITS * (first + i)).longValue() & CHUNK_MASK;
      chunks[i] = sum.signum() * chunk;
    }
    additions = 1;
  }

  /**
   * Format: 1 for positive and 2 for negative infinity (one byte); then the sum in two's complement
   * in limbs of 32 bits, without the zeros below and the copies of the sign above: the number of
   * the lowest limb, how many there are (two bytes each), the limbs, lowest first.
   */
  void encode(DataOutput out) throws IOException {
    int[] limbs = limbs();
    int from = 0;
    int to = limbs.length;
    while (to > 0 && limbs[to - 1] == (to > 1 ? limbs[to - 2] >> 31 : 0)) {
      to--;
    }
    while (from < to && limbs[from] == 0) {
      from++;
    }
    out.writeByte((positiveInfinity ? 1 : 0) | (negativeInfinity ? 2 : 0));
    out.writeShort(from < to ? first + from : 0);
    out.writeShort(to - from);
    for (int i = from; i < to; i++) {
      out.writeInt(limbs[i]);
    }
  }

  /** The chunks with all carries passed on, and two more limbs for the last of them. */
  private int[] limbs() {
    int[] limbs = new int[chunks.length + 2];
    long carry = 0;
    for (int i = 0; i < chunks.length; i++) {
      long chunk = chunks[i] + carry;
      limbs[i] = (int) chunk;
      carry = chunk >> CHUNK_BITS;
    }
    limbs[chunks.length] = (int) carry;
    limbs[chunks.length + 1] = (int) (carry >> CHUNK_BITS);
    return limbs;
  }

  void decode(DataInput in) throws IOException {
    int infinities = in.readByte();
    positiveInfinity = (infinities & 1) != 0;
    negativeInfinity = (infinities & 2) != 0;
    first = in.readUnsignedShort();
    chunks = new long[in.readUnsignedShort()];
    for (int i = 0; i < chunks.length; i++) {
      int limb = in.readInt();
      chunks[i] = i < chunks.length - 1 ? limb & CHUNK_MASK : limb;
    }
    additions = 1;
  }

  @Override
  public String toString() {
    return "%s from chunk %s".formatted(Arrays.toString(chunks), first);
  }
}
