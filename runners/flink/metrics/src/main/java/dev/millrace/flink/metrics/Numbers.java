package dev.millrace.flink.metrics;

import java.math.BigDecimal;

/** Numbers as Prometheus reads them. */
final class Numbers {
  private Numbers() {}

  /** Without a fraction where there is none, and never with an exponent. */
  static String text(double number) {
    return number == Math.rint(number)
        ? BigDecimal.valueOf(number).toBigInteger().toString()
        : BigDecimal.valueOf(number).toPlainString();
  }
}
