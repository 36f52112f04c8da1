package dev.millrace.benchmarks.flinksql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventTimeTest {

  @Test
  void readsTheTimeWhereverItIs() {
    assertThat(
        time(
            "{\"id\":\"a\",\"nested\":{\"event_time\":1},\"event_time\":\"2026-03-02T10:00:00.250Z\"}"),
        is(Instant.parse("2026-03-02T10:00:00.250Z")));
  }

  @Test
  void readsNoFurther() {
    assertThat(
        time("{\"event_time\":\"2026-03-02T10:00:00.000Z\" cut off"),
        is(Instant.parse("2026-03-02T10:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /",
        "{\"id\":\"a",
        "{\"id\":\"a\"}",
        "{\"event_time\":null}",
        "{\"event_time\":\"yesterday\"}",
        "{\"event_time\":\"2085-01-01T00:00:00.000Z\"}",
        "{\"event_time\":\"2025-12-31T23:59:59.999Z\"}",
      })
  void movesNoWatermarkForWhatHasNoPlausibleTime(String message) {
    assertThat(time(message), is(Instant.EPOCH));
  }

  private static Instant time(String message) {
    return new EventTime().eval(message.getBytes(StandardCharsets.UTF_8));
  }
}
