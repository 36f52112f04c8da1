package dev.millrace.benchmarks.flinksql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.LocalDateTime;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The job is tested with flights; with events it is checked whenever it is measured. */
final class ParseEventTest {
  private final ParseEvent parse = new ParseEvent();

  @Test
  void readsFieldsByName() {
    Row row = parse.eval("{\"amount\":1,\"id\":\"a\",\"event_time\":\"2026-03-02T10:00:00.250Z\"}");
    assertThat(row.getField(0), is((Object) null));
    assertThat(row.getField(2), is("a"));
    assertThat(row.getField(3), is(LocalDateTime.parse("2026-03-02T10:00:00.250")));
    assertThat(row.getField(12), is(1.0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":\"a\"}}|malformed",
        "{\"id\" \"a\"}|malformed",
        "{\"id\":\"a|malformed",
        "GET /|malformed",
        "{\"debug\":true}|unknown_field: debug",
        "{\"page\":404}|wrong_type: page",
        "{\"quantity\":1.5}|wrong_type: quantity",
        "{\"signed_in\":\"yes\"}|wrong_type: signed_in",
        "{\"event_time\":\"2026-02-30T12:00:00.000Z\"}|wrong_type: event_time",
      })
  void saysWhatIsWrong(String line, String flaw) {
    assertThat(parse.eval(line).getField(0), is(flaw));
  }

  @Test
  void keepsTheLine() {
    assertThat(parse.eval("GET /").getField(1), is("GET /"));
  }
}
