package dev.millrace.benchmarks.expert;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.millrace.benchmarks.events.EventFiles;
import dev.millrace.benchmarks.events.Skew;
import dev.millrace.benchmarks.events.Truth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser that speculates, beside the reader that doesn't. */
final class EventParserTest {
  private static final String EVENT =
      "{\"id\":\"0123456789abcdefghjkmnpqrs\",\"event_time\":\"2026-03-02T10:00:00.250Z\","
          + "\"user_id\":\"u-1\",\"session_id\":\"0123abcd\",\"type\":\"search\",\"country\":\"DE\","
          + "\"device\":\"tv\",\"page\":\"https://example.com/\",\"referrer\":null,"
          + "\"user_agent\":\"a \\\"b\\\" c\",\"amount\":12.30,\"quantity\":1,\"duration_ms\":0,"
          + "\"signed_in\":true,\"campaign\":\"frühling\"}";

  private final EventParser parser = new EventParser();
  private final SlowReader reader = new SlowReader();
  private final EventRow fast = new EventRow();
  private final EventRow slow = new EventRow();

  @Test
  void agreesWithJacksonOnEachLineOfTheWorkload(@TempDir Path folder) throws IOException {
    EventFiles events = EventFiles.of(folder, 8000, Skew.NONE);
    Truth truth = events.prepare();
    long taken = 0;
    for (int part = 0; part < 8; part++) {
      for (String line : Files.readAllLines(events.folder().resolve("part-" + part + ".ndjson"))) {
        boolean parsed = parse(line);
        assertThat(line, reader.read(line, slow) == null, is(parsed));
        taken += parsed ? 1 : 0;
        if (parsed) {
          assertThat(line, content(fast), equalTo(content(slow)));
        }
      }
    }
    assertThat(taken, equalTo(truth.events() + truth.copies()));
    assertThat(truth.rejected(), greaterThan(50L));
  }

  @Test
  void takesTheEventThatTheOthersAreMadeOf() {
    assertThat(parse(EVENT), is(true));
    assertThat(reader.read(EVENT, slow), nullValue());
    assertThat(content(fast), equalTo(content(slow)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"12.30|1.23e1", "\"quantity\":1,|\"quantity\": 1,", "frühling|fr\\u00fchling"})
  void leavesWhatIsUnusualToJackson(String change) {
    String line = changed(change);
    assertThat(parse(line), is(false));
    assertThat(reader.read(line, slow), nullValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"12.30|012.30", "2026-03-02|2026-02-29", "10:00|24:00", "DE|De", "12.30|12."})
  void takesNothingThatIsWrong(String change) {
    assertThat(parse(changed(change)), is(false));
  }

  @Test
  void takesNoLineThatIsCutOff() {
    for (int length = 0; length < EVENT.length(); length++) {
      assertThat(parse(EVENT.substring(0, length)), is(false));
    }
  }

  private static String changed(String change) {
    int bar = change.indexOf('|');
    return EVENT.replace(change.substring(0, bar), change.substring(bar + 1));
  }

  private boolean parse(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return parser.parse(bytes, 0, bytes.length, fast);
  }

  private static String content(EventRow row) {
    return Arrays.toString(Arrays.copyOf(row.bytes, row.size));
  }
}
