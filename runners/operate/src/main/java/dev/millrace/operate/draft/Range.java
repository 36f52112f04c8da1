package dev.millrace.operate.draft;

import java.math.BigDecimal;

/** The least and the greatest of numbers. */
final class Range {
  private long lowest = Long.MAX_VALUE;
  private long highest = Long.MIN_VALUE;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;
  private boolean whole = true;

  void take(long value) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
    least = Math.min(least, (double) value);
    greatest = Math.max(greatest, (double) value);
  }

  void take(double value) {
    whole = false;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }

  boolean isEmpty() {
    return least > greatest;
  }

  /** The least of whole numbers. */
  long lowest() {
    return lowest;
  }

  /** The greatest of whole numbers. */
  long highest() {
    return highest;
  }

  String shownLeast() {
    return whole ? Long.toString(lowest) : shown(least);
  }

  String shownGreatest() {
    return whole ? Long.toString(highest) : shown(greatest);
  }

  private static String shown(double number) {
    BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    return Math.abs(number) < 1e15 ? shortest.toPlainString() : shortest.toString();
  }
}
