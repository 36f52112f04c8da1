package dev.millrace.record;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "250ms,PT0.25S",
    "90s,PT1M30S",
    "15m,PT15M",
    "1h,PT1H",
    "2d,PT48H",
    "0s,PT0S",
    "PT1H30M,PT1H30M",
    "P1D,PT24H",
  })
  void readsBothWaysOfWriting(String text, String expected) {
    assertThat(Durations.parse("horizon", text), is(Duration.parse(expected)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "h", "1 h", "1H", "1.5h", "-1h", "1w", "PT", "999999999999999d"})
  void refusesAnythingElse(String text) {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> Durations.parse("horizon", text));

    assertThat(
        failure.getMessage(),
        is(
            "Invalid horizon: %s (expected a number and one of ms, s, m, h, d, such as 1h, or ISO 8601)"
                .formatted(text)));
  }

  @Test
  void givesTheCause() {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> Durations.parse("horizon", "soon"));

    assertThat(failure.getCause().getMessage(), is("Text cannot be parsed to a Duration"));
  }
}
