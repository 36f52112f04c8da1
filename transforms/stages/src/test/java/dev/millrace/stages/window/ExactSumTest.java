package dev.millrace.stages.window;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSumTest {

  @Test
  void isZeroWithoutValues() {
    assertThat(sumOf(), is(0.0));
  }

  @Test
  void doesNotLoseWhatPlainAdditionLoses() {
    assertThat(sumOf(1e100, 1.0, -1e100), is(1.0));
    assertThat(sumOf(0.1, 0.2, 0.3, -0.6), is(exact(0.1, 0.2, 0.3, -0.6)));
    assertThat(sumOf(Double.MAX_VALUE, Double.MIN_VALUE, -Double.MAX_VALUE), is(Double.MIN_VALUE));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0.0,
        1.0,
        -1.0,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        0x1.fffffffffffffp-1022,
        0x0.fffffffffffffp-1022,
        4294967296.0,
        Math.PI,
        1e-310
      })
  void givesBackOneValueAsItIs(double value) {
    assertThat(sumOf(value), is(value));
    assertThat(copy(sum(value)).dividedBy(1), is(value));
  }

  @Test
  void roundsTiesToEven() {
    assertThat(sumOf(0x1p53, 1.0), is(0x1p53));
    assertThat(sumOf(0x1p53, 2.0, 1.0), is(0x1p53 + 4));
    assertThat(sumOf(0x1p53, 1.0, Double.MIN_VALUE), is(0x1p53 + 2));
  }

  @Test
  void overflowsToInfinityOnlyInTheResult() {
    assertThat(sumOf(Double.MAX_VALUE, Double.MAX_VALUE), is(Double.POSITIVE_INFINITY));
    assertThat(sumOf(Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE), is(Double.MAX_VALUE));
  }

  @Test
  void keepsInfinities() {
    double up = Double.POSITIVE_INFINITY;
    double down = Double.NEGATIVE_INFINITY;
    assertThat(sumOf(1, up), is(up));
    assertThat(sumOf(down, 1), is(down));
    assertThat(sumOf(up, down), is(Double.NaN));
    assertThat(copy(sum(down, 1)).dividedBy(1), is(down));
  }

  @Test
  void agreesWithExactDecimalsInAnyOrder() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      int exponents = 1 + random.nextInt(600);
      List<Double> values = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        values.add(Math.scalb(random.nextDouble() - 0.5, random.nextInt(exponents) - 300));
      }
      double expected = exact(values.stream().mapToDouble(v -> v).toArray());
      Collections.shuffle(values, random);
      ExactSum left = new ExactSum();
      ExactSum right = new ExactSum();
      values.subList(0, 20).forEach(left::add);
      values.subList(20, 50).forEach(right::add);
      right.merge(copy(left));

      assertThat(right.dividedBy(1), is(expected));
    }
  }

  @Test
  void dividesAndRoundsOnce() {
    assertThat(sum(1.0).dividedBy(3), is(1.0 / 3));
    assertThat(sum(-2.0).dividedBy(3), is(-2.0 / 3));
    assertThat(sum(1.0, 2.0).dividedBy(2), is(1.5));
    assertThat(sum(Double.MIN_VALUE).dividedBy(2), is(0.0));
    assertThat(sum(Double.MIN_VALUE, Double.MIN_VALUE).dividedBy(2), is(Double.MIN_VALUE));
    assertThat(sum(3 * Double.MIN_VALUE).dividedBy(2), is(2 * Double.MIN_VALUE));
    assertThat(sum(Double.MAX_VALUE, Double.MAX_VALUE).dividedBy(2), is(Double.MAX_VALUE));
  }

  @Test
  void encodesTheSameSumTheSameWayInAnyOrder() {
    List<Double> values = new ArrayList<>(List.of(1e10, -3.25, 7e-12, 1e10, -2e10, 0.0));
    byte[] expected = bytes(sum(values.stream().mapToDouble(v -> v).toArray()));
    Random random = new Random(8);
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(values, random);
      ExactSum sum = sum(values.stream().mapToDouble(v -> v).toArray());

      assertThat(bytes(sum), equalTo(expected));
      assertThat(bytes(copy(sum)), equalTo(expected));
    }
  }

  @Test
  void hasAFormatThatRunningJobsCanRestoreFrom() {
    assertThat(HexFormat.of().formatHex(bytes(sum(1.5, -4.0))), is("000021" + "0001" + "fff60000"));
    assertThat(HexFormat.of().formatHex(bytes(sum())), is("00" + "0000" + "0000"));
    assertThat(
        HexFormat.of().formatHex(bytes(sum(Double.NEGATIVE_INFINITY))), is("02" + "0000" + "0000"));
  }

  private static double sumOf(double... values) {
    return sum(values).dividedBy(1);
  }

  private static ExactSum sum(double... values) {
    ExactSum sum = new ExactSum();
    for (double value : values) {
      sum.add(value);
    }
    return sum;
  }

  private static double exact(double... values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      sum = sum.add(new BigDecimal(value));
    }
    return sum.doubleValue();
  }

  private static byte[] bytes(ExactSum sum) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      sum.encode(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static ExactSum copy(ExactSum sum) {
    ExactSum copy = new ExactSum();
    try {
      copy.decode(new DataInputStream(new ByteArrayInputStream(bytes(sum))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return copy;
  }
}
