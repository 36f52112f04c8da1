package dev.millrace.stages.window;

import java.math.BigDecimal;

/** Reads the numbers that functions take beside their field. */
final class FunctionArgument {
  private static final int MOST = 1000;

  private FunctionArgument() {}

  /** The share of a quantile; 0.50 is 0.5. */
  static BigDecimal share(String text) {
    BigDecimal share = number(text, "share of quantile", "0 to 1");
    if (share.compareTo(BigDecimal.ONE) > 0) {
      throw invalid(text, "share of quantile", "0 to 1", null);
    }
    return share.signum() == 0 ? BigDecimal.ZERO : share.stripTrailingZeros();
  }

  /** How many of the top values. */
  static BigDecimal number(String text) {
    String expected = "1 to " + MOST;
    BigDecimal number = number(text, "number of topK", expected);
    if (number.scale() > 0
        || number.signum() == 0
        || number.compareTo(BigDecimal.valueOf(MOST)) > 0) {
      throw invalid(text, "number of topK", expected, null);
    }
    return number;
  }

  private static BigDecimal number(String text, String name, String expected) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw invalid(text, name, expected, e);
    }
  }

  private static IllegalArgumentException invalid(
      String text, String name, String expected, NumberFormatException cause) {
    return new IllegalArgumentException(
        "Invalid %s: %s (expected %s)".formatted(name, text, expected), cause);
  }
}
