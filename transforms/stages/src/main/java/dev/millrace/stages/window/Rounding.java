package dev.millrace.stages.window;

import java.math.BigInteger;

/** From exact numbers to doubles, in one step. */
final class Rounding {
  private static final int PRECISION = 53;
  private static final int LOWEST_EXPONENT = -1074;

  /** So many more bits than a divisor, a quotient has more than a double, and the rest decides. */
  private static final int MORE_BITS = PRECISION + 3;

  private Rounding() {}

  /** The double nearest to {@code value * 2^exponent / divisor}, ties to even. */
  static double nearest(BigInteger value, int exponent, BigInteger divisor) {
    BigInteger dividend = value.abs();
    int shift = Math.max(0, divisor.bitLength() + MORE_BITS - dividend.bitLength());
    BigInteger[] quotient = dividend.shiftLeft(shift).divideAndRemainder(divisor);
    // One bit more stands for all that the division leaves.
    BigInteger exact = quotient[0].shiftLeft(1);
    BigInteger sticky = quotient[1].signum() == 0 ? exact : exact.setBit(0);
    return value.signum() * nearest(sticky, exponent - shift - 1);
  }

  private static double nearest(BigInteger value, int exponent) {
    int drop = Math.max(value.bitLength() - PRECISION, LOWEST_EXPONENT - exponent);
    if (drop <= 0) {
      return Math.scalb((double) value.longValueExact(), exponent);
    }
    BigInteger kept = value.shiftRight(drop);
    boolean half = value.testBit(drop - 1);
    boolean more = value.getLowestSetBit() < drop - 1;
    if (half && (more || kept.testBit(0))) {
      kept = kept.add(BigInteger.ONE);
    }
    return Math.scalb((double) kept.longValueExact(), exponent + drop);
  }
}
