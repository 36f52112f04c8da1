package dev.millrace.io;

/** Powers of ten, and how many digits numbers have. */
final class DecimalDigits {
  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = 10 * POWERS[i - 1];
    }
  }

  private DecimalDigits() {}

  /** Ten to a power of 0 to 18. */
  static long power(int exponent) {
    return POWERS[exponent];
  }

  /** How many digits a number that isn't negative has; zero has one. */
  static int count(long number) {
    int digits = 1;
    while (digits < POWERS.length && number >= POWERS[digits]) {
      digits++;
    }
    return digits;
  }
}
