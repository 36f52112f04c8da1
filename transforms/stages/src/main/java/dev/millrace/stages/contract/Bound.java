package dev.millrace.stages.contract;

import static java.math.RoundingMode.CEILING;
import static java.math.RoundingMode.FLOOR;

import java.math.BigDecimal;

/** The bounds that a number, a date or a time may have. */
enum Bound {
  MINIMUM("minimum", "at least"),
  EXCLUSIVE_MINIMUM("exclusiveMinimum", "more than"),
  MAXIMUM("maximum", "at most"),
  EXCLUSIVE_MAXIMUM("exclusiveMaximum", "less than");

  private final String key;
  private final String words;

  Bound(String key, String words) {
    this.key = key;
    this.words = words;
  }

  String key() {
    return key;
  }

  /** What comes before the value in a message. */
  String words() {
    return words;
  }

  boolean isLower() {
    return this == MINIMUM || this == EXCLUSIVE_MINIMUM;
  }

  /**
   * The last whole number within the bound.
   *
   * @throws ArithmeticException if it has more than 64 bits
   */
  long lastWithin(BigDecimal value) {
    BigDecimal last =
        switch (this) {
          case MINIMUM -> value.setScale(0, CEILING);
          case EXCLUSIVE_MINIMUM -> value.setScale(0, FLOOR).add(BigDecimal.ONE);
          case MAXIMUM -> value.setScale(0, FLOOR);
          case EXCLUSIVE_MAXIMUM -> value.setScale(0, CEILING).subtract(BigDecimal.ONE);
        };
    return last.longValueExact();
  }

  /** The last double within the bound. */
  double lastWithin(double value) {
    return switch (this) {
      case MINIMUM, MAXIMUM -> value;
      case EXCLUSIVE_MINIMUM -> Math.nextUp(value);
      case EXCLUSIVE_MAXIMUM -> Math.nextDown(value);
    };
  }
}
