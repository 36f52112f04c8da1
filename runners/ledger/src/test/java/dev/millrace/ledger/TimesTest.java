package dev.millrace.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0",
    "2001-01-15T10:00:00.000001Z, 979552800000001",
    "1969-12-31T23:59:59.999999Z, -1",
    "0001-01-01T00:00:00Z, -62135596800000000",
    "9999-12-31T23:59:59.999999Z, 253402300799999999"
  })
  void areMicroseconds(Instant time, long micros) {
    assertThat(Times.micros(time), is(micros));
    assertThat(Times.instant(micros), is(time));
  }

  @Test
  void loseWhatIsFiner() {
    assertThat(
        Times.exact(Instant.parse("1969-12-31T23:59:59.999999999Z")),
        is(Instant.parse("1969-12-31T23:59:59.999999Z")));
  }

  @Test
  void ofAnIntervalAreInOrder() {
    Instant time = Instant.parse("2001-01-15T00:00:00Z");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Interval(time, time.plusNanos(999)));
    assertThat(
        e.getMessage(),
        is(
            "Invalid interval: [2001-01-15T00:00:00Z, 2001-01-15T00:00:00Z) (expected a start before the end)"));
  }
}
