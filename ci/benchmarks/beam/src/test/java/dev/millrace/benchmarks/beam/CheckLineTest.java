package dev.millrace.benchmarks.beam;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What JsonToRow would take; the whole job is checked whenever it is measured. */
final class CheckLineTest {
  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":\"a\",\"amount\":1.5}", "{}", "{\"id\" \"a\"}", "GET /", ""})
  void leavesToTheParserWhatIsExactOrNoJson(String line) {
    assertThat(CheckLine.isExact(line), is(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":\"a\"}}", "{\"id\":\"a\"} x", "{\"id\":\"a\",\"debug\":true}"})
  void rejectsUnknownFieldsAndWhatFollows(String line) {
    assertThat(CheckLine.isExact(line), is(false));
  }
}
