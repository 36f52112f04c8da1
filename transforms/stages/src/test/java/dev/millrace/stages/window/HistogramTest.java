package dev.millrace.stages.window;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HistogramTest {

  @Test
  void isExactForAsManyNumbersAsBuckets() {
    Histogram histogram = of(LongStream.range(0, Histogram.MOST_BUCKETS).map(i -> i * i * i));

    assertThat(histogram.quantile(new BigDecimal("0"), 2048), is(0L));
    assertThat(histogram.quantile(new BigDecimal("0.5"), 2048), is(1023L * 1023 * 1023));
    assertThat(histogram.quantile(new BigDecimal("0.75"), 2048), is(1535L * 1535 * 1535));
    assertThat(histogram.quantile(new BigDecimal("1"), 2048), is(2047L * 2047 * 2047));
  }

  @Test
  void staysWithinAShareOfTheSpan() {
    Histogram histogram = of(LongStream.range(0, 1_000_000).map(i -> i * 1000 - 500_000_000));

    for (int percent = 0; percent <= 100; percent++) {
      long exact = Math.max(0, percent * 10_000L - 1) * 1000 - 500_000_000;
      long off = histogram.quantile(BigDecimal.valueOf(percent, 2), 1_000_000) - exact;
      assertThat(Math.abs(off), lessThanOrEqualTo(1_000_000_000L / 2048));
    }
  }

  @Test
  void oneNumberFarOffDoesNotWidenTheBucketsOfTheOthers() {
    LongStream many = LongStream.range(0, 2000);
    Histogram histogram = of(LongStream.concat(many, LongStream.of(Long.MAX_VALUE)));

    assertThat(histogram.quantile(new BigDecimal("0.5"), 2001), is(1000L));
    assertThat(histogram.quantile(new BigDecimal("1"), 2001), is(Long.MAX_VALUE));
  }

  @Test
  void isTheSameInAnyOrderAndGrouping() throws IOException {
    Random random = new Random(5);
    long[] numbers = random.longs(20_000).map(number -> number >> (number & 63)).toArray();
    byte[] expected = bytes(of(Arrays.stream(numbers)));
    for (int round = 0; round < 20; round++) {
      shuffle(numbers, random);
      int cut = random.nextInt(numbers.length);
      Histogram whole = copy(of(Arrays.stream(numbers, 0, cut)));
      whole.merge(of(Arrays.stream(numbers, cut, numbers.length)));

      assertThat(bytes(whole), equalTo(expected));
    }
  }

  @Test
  void answersWithinTheNumbersEvenOverTheWholeRange() {
    long[] numbers = new Random(6).longs(10_000).sorted().toArray();
    Histogram histogram = of(Arrays.stream(numbers));

    for (int percent = 0; percent <= 100; percent++) {
      assertThat(
          histogram.quantile(BigDecimal.valueOf(percent, 2), numbers.length),
          both(greaterThanOrEqualTo(numbers[0]))
              .and(lessThanOrEqualTo(numbers[numbers.length - 1])));
    }
  }

  private static Histogram of(LongStream numbers) {
    Histogram histogram = new Histogram();
    numbers.forEach(histogram::add);
    return histogram;
  }

  private static void shuffle(long[] numbers, Random random) {
    for (int i = numbers.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      long number = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = number;
    }
  }

  private static byte[] bytes(Histogram histogram) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    histogram.encode(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Histogram copy(Histogram histogram) throws IOException {
    Histogram copy = new Histogram();
    copy.decode(new DataInputStream(new ByteArrayInputStream(bytes(histogram))));
    return copy;
  }
}
