package dev.millrace.record;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How many records a rule may count, with the operators of the Open Data Contract Standard.
 *
 * @param low the number that the count is compared to; the lower one of a range
 * @param high the upper number of a range, inclusive; otherwise the same as {@code low}
 */
public record Threshold(Operator operator, BigDecimal low, BigDecimal high, Unit unit)
    implements Serializable {
  private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

  /** What the numbers of a threshold are. */
  public enum Unit {
    /** Records. */
    ROWS,
    /** Records in a hundred; of no records, none. */
    PERCENT
  }

  /** How a count is compared; ranges hold both of their ends. */
  public enum Operator {
    MUST_BE("mustBe"),
    MUST_NOT_BE("mustNotBe"),
    MUST_BE_GREATER_THAN("mustBeGreaterThan"),
    MUST_BE_GREATER_OR_EQUAL_TO("mustBeGreaterOrEqualTo"),
    MUST_BE_LESS_THAN("mustBeLessThan"),
    MUST_BE_LESS_OR_EQUAL_TO("mustBeLessOrEqualTo"),
    MUST_BE_BETWEEN("mustBeBetween"),
    MUST_NOT_BE_BETWEEN("mustNotBeBetween");

    private final String key;

    Operator(String key) {
      this.key = key;
    }

    /** The name that the standard gives it. */
    public String key() {
      return key;
    }

    /** Whether it compares to two numbers. */
    public boolean isRange() {
      return this == MUST_BE_BETWEEN || this == MUST_NOT_BE_BETWEEN;
    }
  }

  /** Checks that a range has its smallest number first. */
  public Threshold {
    if (low.compareTo(high) > 0) {
      throw new IllegalArgumentException(
          "Invalid %s: [%s, %s] (expected the smallest number first)"
              .formatted(operator.key, plain(low), plain(high)));
    }
  }

  /** A threshold of one number. */
  public static Threshold of(Operator operator, long number, Unit unit) {
    BigDecimal bound = BigDecimal.valueOf(number);
    return new Threshold(operator, bound, bound, unit);
  }

  /** The operator with this name in the standard. */
  public static Optional<Operator> operator(String key) {
    return Arrays.stream(Operator.values()).filter(each -> each.key.equals(key)).findFirst();
  }

  /** Whether so many records of so many may be counted. */
  public boolean allows(long count, long of) {
    int toLow = compare(count, of, low);
    int toHigh = compare(count, of, high);
    return switch (operator) {
      case MUST_BE -> toLow == 0;
      case MUST_NOT_BE -> toLow != 0;
      case MUST_BE_GREATER_THAN -> toLow > 0;
      case MUST_BE_GREATER_OR_EQUAL_TO -> toLow >= 0;
      case MUST_BE_LESS_THAN -> toLow < 0;
      case MUST_BE_LESS_OR_EQUAL_TO -> toLow <= 0;
      case MUST_BE_BETWEEN -> toLow >= 0 && toHigh <= 0;
      case MUST_NOT_BE_BETWEEN -> toLow < 0 || toHigh > 0;
    };
  }

  /** Whether no record at all may be counted, however many there are. */
  public boolean demandsNone() {
    boolean upTo =
        List.of(
                Operator.MUST_BE,
                Operator.MUST_BE_LESS_THAN,
                Operator.MUST_BE_LESS_OR_EQUAL_TO,
                Operator.MUST_BE_BETWEEN)
            .contains(operator);
    return upTo && allows(0, Long.MAX_VALUE) && !allows(1, Long.MAX_VALUE);
  }

  private int compare(long count, long of, BigDecimal bound) {
    BigDecimal counted = BigDecimal.valueOf(count);
    return unit == Unit.ROWS || of == 0
        ? counted.compareTo(bound)
        : counted.multiply(PERCENT).compareTo(bound.multiply(BigDecimal.valueOf(of)));
  }

  /** As the contract has it: {@code mustBeLessThan: 5 percent}. */
  @Override
  public String toString() {
    String numbers =
        operator.isRange() ? "[%s, %s]".formatted(plain(low), plain(high)) : plain(low);
    return operator.key + ": " + numbers + (unit == Unit.PERCENT ? " percent" : "");
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
