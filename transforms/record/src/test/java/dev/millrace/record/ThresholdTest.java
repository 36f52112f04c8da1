package dev.millrace.record;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.Threshold.Operator;
import dev.millrace.record.Threshold.Unit;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdTest {
  @ParameterizedTest
  @CsvSource({
    "mustBe, 2, 2, FTFF",
    "mustNotBe, 2, 2, TFTT",
    "mustBeGreaterThan, 2, 2, FFTT",
    "mustBeGreaterOrEqualTo, 2, 2, FTTT",
    "mustBeLessThan, 2, 2, TFFF",
    "mustBeLessOrEqualTo, 2, 2, TTFF",
    "mustBeBetween, 2, 3, FTTF",
    "mustNotBeBetween, 2, 3, TFFT",
  })
  void comparesCountsOfOneToFour(String key, BigDecimal low, BigDecimal high, String allowed) {
    Operator operator = Threshold.operator(key).orElseThrow();
    for (int i = 0; i < allowed.length(); i++) {
      assertThat(
          key + " " + (i + 1),
          new Threshold(operator, low, high, Unit.ROWS).allows(i + 1, 1_000),
          is(allowed.charAt(i) == 'T'));
      assertThat(
          key + " " + (i + 1) + " percent",
          new Threshold(operator, low, high, Unit.PERCENT).allows(10L * (i + 1), 1_000),
          is(allowed.charAt(i) == 'T'));
    }
  }

  @Test
  void roundsNoPercentage() {
    Threshold third =
        new Threshold(
            Operator.MUST_BE_LESS_OR_EQUAL_TO,
            new BigDecimal("33.3"),
            new BigDecimal("33.3"),
            Unit.PERCENT);
    assertThat(third.allows(333, 1_000), is(true));
    assertThat(third.allows(1, 3), is(false));
  }

  @Test
  void takesNoneOfNothingAsNoPercent() {
    assertThat(Threshold.of(Operator.MUST_BE, 0, Unit.PERCENT).allows(0, 0), is(true));
    assertThat(
        Threshold.of(Operator.MUST_BE_GREATER_THAN, 0, Unit.PERCENT).allows(0, 0), is(false));
  }

  @Test
  void refusesARangeWithTheLargestNumberFirst() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Threshold(Operator.MUST_BE_BETWEEN, BigDecimal.TEN, BigDecimal.ONE, Unit.ROWS));
    assertThat(
        e.getMessage(), is("Invalid mustBeBetween: [10, 1] (expected the smallest number first)"));
  }

  @Test
  void readsAsTheContractHasIt() {
    assertThat(
        new Threshold(
                Operator.MUST_BE_BETWEEN, BigDecimal.ONE, new BigDecimal("2.50"), Unit.PERCENT)
            .toString(),
        is("mustBeBetween: [1, 2.5] percent"));
    assertThat(Threshold.of(Operator.MUST_BE, 100, Unit.ROWS).toString(), is("mustBe: 100"));
  }
}
