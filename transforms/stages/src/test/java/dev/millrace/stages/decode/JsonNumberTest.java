package dev.millrace.stages.decode;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumberTest {
  private final JsonNumber number = new JsonNumber();

  private int read(String text) throws MalformedJson {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    return number.read(in, 0, in.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "7",
        "-7",
        "1234567890",
        "999999999999999999",
        "1000000000000000000",
        "9223372036854775807",
        "-9223372036854775808"
      })
  void readsLongs(String text) throws MalformedJson {
    assertThat(read(text), is(text.length()));
    assertThat(number.isLong(), is(true));
    assertThat(number.longValue(), is(Long.parseLong(text)));
  }

  @Test
  void readsMinusZeroAsZero() throws MalformedJson {
    read("-0");
    assertThat(number.longValue(), is(0L));
    assertThat(Double.doubleToRawLongBits(number.doubleValue()), is(0L));
    read("-0.0e-7");
    assertThat(Double.doubleToRawLongBits(number.doubleValue()), is(0L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0",
        "1e3",
        "0.0",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551616",
        "18446744073709551617",
        "100000000000000000000"
      })
  void isNoLongWithFractionOrExponentOrOutOfRange(String text) throws MalformedJson {
    read(text);
    assertThat(number.isLong(), is(false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "0.1",
        "-0.3",
        "0.000123",
        "33.9416",
        "1e22",
        "1e23",
        "123456789012345e22",
        "9007199254740992",
        "9007199254740993",
        "9007199254740993.0e-1",
        "18446744073709551615",
        "18446744073709551616",
        "0.1000000000000000055511151231257827021181583404541015625",
        "-104.67370000000001",
        "2.2250738585072011e-308",
        "4.9e-324",
        "2e-324",
        "1.7976931348623157e308",
        "1E+2",
        "1e-2",
        "1e00000000000000000000000000000001",
        "0e999999999999999999999",
        "1e-999999999999999999999",
        "0.00000000000000000000000000000000000000000000000000000000000000000001e68"
      })
  void readsTheNearestDouble(String text) throws MalformedJson {
    assertThat(read(text), is(text.length()));
    assertThat(number.doubleValue(), is(Double.parseDouble(text) + 0.0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e309", "-1e309", "1e999999999999999999999", "1.8e308"})
  void isInfiniteBeyondAllDoubles(String text) throws MalformedJson {
    read(text);
    assertThat(Double.isInfinite(number.doubleValue()), is(true));
  }

  @Test
  void agreesWithTheJdkOnGeneratedDoubles() throws MalformedJson {
    Random random = new Random(20010115);
    for (int i = 0; i < 100_000; i++) {
      String text = generated(random);
      assertThat(text, read(text), is(text.length()));
      assertThat(text, number.doubleValue(), equalTo(Double.parseDouble(text) + 0.0));
    }
  }

  /** Shortest forms of any double, and digits with points and exponents of all lengths. */
  private static String generated(Random random) {
    double any = Double.longBitsToDouble(random.nextLong());
    if (random.nextBoolean() && Double.isFinite(any)) {
      return Double.toString(any);
    }
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
    text.append(random.nextLong(0, 1L << random.nextInt(1, 63)));
    if (random.nextBoolean()) {
      text.append('.').append("0".repeat(random.nextInt(4))).append(random.nextInt(1_000_000));
    }
    if (random.nextBoolean()) {
      text.append('e').append(random.nextInt(-30, 30));
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "-, Expected a digit, 1",
    "-a, Expected a digit, 1",
    "1., Expected a digit, 2",
    "1.e5, Expected a digit, 2",
    "1e, Expected a digit, 2",
    "1e+, Expected a digit, 3",
    "1ex, Expected a digit, 2",
    "01, Leading zero, 0",
    "-00.5, Leading zero, 1",
  })
  void rejectsWhatIsNoNumber(String text, String message, int position) {
    MalformedJson malformed = assertThrows(MalformedJson.class, () -> read(text));
    assertThat(malformed.getMessage(), is(message));
    assertThat(malformed.position(), is(position));
  }

  @ParameterizedTest
  @CsvSource({"'0,1', 1", "1.5}, 3", "1e5 , 3", "-12a, 3", "0x10, 1"})
  void endsWhereTheNumberDoes(String text, int end) throws MalformedJson {
    assertThat(read(text), is(end));
  }
}
