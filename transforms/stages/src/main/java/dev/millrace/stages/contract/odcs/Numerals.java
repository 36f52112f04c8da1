package dev.millrace.stages.contract.odcs;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** Reads the numbers of YAML: decimal, hexadecimal and octal ones. */
public final class Numerals {
  /** Beyond so many digits or zeros, arithmetic takes too long. */
  private static final int MOST_DIGITS = 1_000;

  private Numerals() {}

  /** The number; empty if it is infinite, not a number or too long. */
  public static Optional<BigDecimal> read(String text) {
    if (text.length() > MOST_DIGITS) {
      return Optional.empty();
    }
    try {
      return Optional.of(number(text)).filter(n -> Math.abs((long) n.scale()) <= MOST_DIGITS);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static BigDecimal number(String text) {
    return switch (text.length() < 2 ? "" : text.substring(0, 2)) {
      case "0x" -> new BigDecimal(new BigInteger(text.substring(2), 16));
      case "0o" -> new BigDecimal(new BigInteger(text.substring(2), 8));
      default -> new BigDecimal(text);
    };
  }
}
