package dev.millrace.operate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantitiesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 10 | 0 %",
        "0 | 0 | 0 %",
        "1 | 1000000 | < 0.01 %",
        "65 | 10000 | 0.65 %",
        "123 | 1000 | 12.3 %",
        "999 | 1000 | 99.90 %",
        "999999 | 1000000 | > 99.99 %",
        "7 | 7 | 100 %"
      })
  void neverShowsWhatIsThereAsNoneOrWhatIsMissingAsAll(long part, long whole, String share) {
    assertThat(Quantities.share(part, whole), is(share));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 1 byte",
        "1023 | 1,023 bytes",
        "1024 | 1.0 KiB",
        "1572864 | 1.5 MiB",
        "9223372036854775807 | 8.0 EiB"
      })
  void writesSizesInBinaryUnits(long bytes, String size) {
    assertThat(Quantities.bytes(bytes), is(size));
  }

  @Test
  void writesDurationsByTheirSize() {
    assertThat(Quantities.duration(Duration.ofMillis(840)), is("0.8 s"));
    assertThat(Quantities.duration(Duration.ofSeconds(125)), is("2 min 5 s"));
    assertThat(Quantities.duration(Duration.ofMinutes(72)), is("1 h 12 min"));
  }
}
