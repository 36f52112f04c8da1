package dev.millrace.benchmarks.scale;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notANumber;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class GrowthTest {
  private static final double[] ROWS = {1e5, 3e5, 1e6, 3e6};

  @Test
  void findsAStraightLineWhateverIsPaidOnce() {
    assertThat(exponent(rows -> 6e-6 * rows), closeTo(1, 1e-9));
    assertThat(exponent(rows -> 20 + 6e-6 * rows), closeTo(1, 1e-9));
    assertThat(growth(rows -> 20 + 6e-6 * rows).isTooFast(), is(false));
  }

  @Test
  void findsASquareBelowWhatIsPaidOnce() {
    Growth square = growth(rows -> 20 + 1e-11 * rows * rows);
    assertThat(square.exponent(), closeTo(1.89, 0.01)); // the first point has grown, too
    assertThat(square.factor(), closeTo(5.48, 0.01));
    assertThat(square.isTooFast(), is(true));
  }

  @Test
  void findsAnExponentThatIsHardlyMoreThanOne() {
    assertThat(growth(rows -> 20 + 1e-6 * Math.pow(rows, 1.2)).isTooFast(), is(true));
  }

  @Test
  void takesSortingForLittleMoreThanAStraightLine() {
    assertThat(exponent(rows -> 1e-6 * rows * Math.log(rows)), closeTo(1.05, 0.03));
  }

  @Test
  void makesNothingOfNoise() {
    Growth noise = Growth.of(new double[] {1, 3, 30, 365}, new double[] {9.1, 8.2, 9.3, 18.5});
    assertThat(noise.exponent(), notANumber());
    assertThat(noise.isTooFast(), is(false));
  }

  @Test
  void hasNoExponentOfACostThatFalls() {
    Growth falling = growth(rows -> 5 - 1e-6 * rows);
    assertThat(falling.exponent(), notANumber());
    assertThat(falling.isTooFast(), is(false));
  }

  private static double exponent(DoubleUnaryOperator cost) {
    return growth(cost).exponent();
  }

  private static Growth growth(DoubleUnaryOperator cost) {
    return Growth.of(ROWS, Arrays.stream(ROWS).map(cost).toArray());
  }
}
