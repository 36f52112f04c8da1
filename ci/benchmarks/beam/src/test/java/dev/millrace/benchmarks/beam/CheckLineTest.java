package dev.millrace.benchmarks.beam;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What JsonToRow would take. The job is tested with flights; with events it is checked whenever it
 * is measured.
 */
final class CheckLineTest {
  private final CheckLine check = new CheckLine(EventRules.EVENT);

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":\"a\",\"amount\":1.5}", "{}", "{\"id\" \"a\"}", "GET /", ""})
  void leavesToTheParserWhatIsExactOrNoJson(String line) {
    assertThat(check.isExact(line), is(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":\"a\"}}", "{\"id\":\"a\"} x", "{\"id\":\"a\",\"debug\":true}"})
  void rejectsUnknownFieldsAndWhatFollows(String line) {
    assertThat(check.isExact(line), is(false));
  }
}
