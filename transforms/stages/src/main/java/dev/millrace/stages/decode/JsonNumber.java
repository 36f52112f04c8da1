package dev.millrace.stages.decode;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON numbers: exactly as a long where it is written as an integer, and as the nearest
 * double otherwise.
 *
 * <p>A double of few digits and a small power of ten is computed: both are exact as doubles, so one
 * multiplication or division rounds correctly (Clinger, "How to Read Floating Point Numbers
 * Accurately", 1990). Others go to {@link Double#parseDouble}. The result is always the same as its
 * own.
 */
final class JsonNumber {
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final long MAX_EXACT = 1L << 53;

  /** The most digits of which any number fits an unsigned long. */
  private static final int MAX_DIGITS = 19;

  /** Beyond this an exponent is only known to be too large to compute with. */
  private static final int MAX_EXPONENT = 100_000_000;

  /** What {@link #units} gives where there are none. */
  static final long INEXACT = Long.MIN_VALUE;

  private byte[] in;
  private int start;
  private int end;

  private boolean negative;
  private boolean integer;
  private long digits;
  private int digitCount;
  private int exponent;

  /**
   * Reads a number.
   *
   * @param from where its minus sign or first digit is
   * @return where the input goes on
   */
  int read(byte[] in, int from, int end) throws MalformedJson {
    this.in = in;
    start = from;
    this.end = end;
    digits = 0;
    digitCount = 0;
    exponent = 0;
    negative = in[from] == '-';
    int first = negative ? from + 1 : from;
    int at = digits(first);
    if (in[first] == '0' && at > first + 1) {
      throw new MalformedJson("Leading zero", first);
    }
    int integerEnd = at;
    at = fraction(at);
    at = exponent(at);
    integer = at == integerEnd;
    this.end = at;
    return at;
  }

  /** Whether the number is written without fraction and exponent, and is in the range of a long. */
  boolean isLong() {
    return integer
        && (digitCount < MAX_DIGITS
            || (digitCount == MAX_DIGITS
                && Long.compareUnsigned(digits, negative ? Long.MIN_VALUE : Long.MAX_VALUE) <= 0));
  }

  /** The number, if it {@link #isLong()}. */
  long longValue() {
    return negative ? -digits : digits;
  }

  /**
   * The number in units of a digit after the point, exactly; {@link #INEXACT} if it has more digits
   * there, other than zeros, or doesn't fit 64 bits.
   */
  long units(int scale) {
    if (digitCount == 0) {
      return 0;
    }
    int shift = exponent + scale;
    int length = digitCount + shift;
    if (length <= 0 || length > MAX_DIGITS) {
      return INEXACT; // less than a unit, or too large
    }
    if (shift < 0 || digitCount >= MAX_DIGITS || length == MAX_DIGITS) {
      return slowUnits(scale);
    }
    long units = digits * (long) POWERS_OF_TEN[shift];
    return negative ? -units : units;
  }

  /** Only of numbers that are neither huge nor tiny: the digits are no more than were written. */
  private long slowUnits(int scale) {
    try {
      return new BigDecimal(new String(in, start, end - start, StandardCharsets.US_ASCII))
          .setScale(scale)
          .unscaledValue()
          .longValueExact();
    } catch (ArithmeticException e) {
      return INEXACT;
    }
  }

  /** The double nearest to the number, zero without a sign; infinite if there is none. */
  double doubleValue() {
    if (digitCount > MAX_DIGITS || digits < 0 || digits > MAX_EXACT || Math.abs(exponent) > 22) {
      return Double.parseDouble(new String(in, start, end - start, StandardCharsets.US_ASCII))
          + 0.0;
    }
    double value =
        exponent < 0 ? digits / POWERS_OF_TEN[-exponent] : digits * POWERS_OF_TEN[exponent];
    return (negative ? -value : value) + 0.0;
  }

  private int fraction(int point) throws MalformedJson {
    if (point == end || in[point] != '.') {
      return point;
    }
    int at = digits(point + 1);
    exponent = point + 1 - at;
    return at;
  }

  private int exponent(int letter) throws MalformedJson {
    if (letter == end || (in[letter] | 0x20) != 'e') {
      return letter;
    }
    int sign = letter + 1 < end ? in[letter + 1] : 0;
    int first = sign == '-' || sign == '+' ? letter + 2 : letter + 1;
    int power = 0;
    int at = first;
    for (; at < end && isDigit(in[at]); at++) {
      power = Math.min(MAX_EXPONENT, 10 * power + in[at] - '0');
    }
    if (at == first) {
      throw new MalformedJson("Expected a digit", at);
    }
    exponent += sign == '-' ? -power : power;
    return at;
  }

  /** Takes one or more digits; those before the first that is not zero don't count. */
  private int digits(int first) throws MalformedJson {
    int at = first;
    for (; at < end && isDigit(in[at]); at++) {
      int digit = in[at] - '0';
      digits = 10 * digits + digit;
      if ((digitCount | digit) != 0) {
        digitCount++;
      }
    }
    if (at == first) {
      throw new MalformedJson("Expected a digit", at);
    }
    return at;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
