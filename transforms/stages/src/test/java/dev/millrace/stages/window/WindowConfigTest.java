package dev.millrace.stages.window;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.Durations;
import dev.millrace.record.Partitioning;
import org.apache.beam.sdk.transforms.windowing.CalendarWindows.DaysWindows;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowConfigTest {

  @Test
  void readsFixedWindows() {
    assertThat(WindowConfig.parse("1h"), is(FixedWindows.of(Duration.standardHours(1))));
    assertThat(WindowConfig.parse("PT90S"), is(FixedWindows.of(Duration.standardSeconds(90))));
  }

  @Test
  void readsSlidingWindows() {
    assertThat(
        WindowConfig.parse("1h every 15m"),
        is(SlidingWindows.of(Duration.standardHours(1)).every(Duration.standardMinutes(15))));
  }

  @Test
  void readsSessions() {
    assertThat(
        WindowConfig.parse("session 30m"),
        is(Sessions.withGapDuration(Duration.standardMinutes(30))));
  }

  @ParameterizedTest
  @CsvSource({
    "day,2001-01-15T07:00:00Z,2001-01-15T00:00:00Z,2001-01-16T00:00:00Z",
    "day,2001-01-15T23:59:59.999Z,2001-01-15T00:00:00Z,2001-01-16T00:00:00Z",
    "day,1969-12-31T12:00:00Z,1969-12-31T00:00:00Z,1970-01-01T00:00:00Z",
    "day,0099-05-05T12:00:00Z,0099-05-05T00:00:00Z,0099-05-06T00:00:00Z",
    "day in America/New_York,2001-01-15T04:59:59Z,2001-01-14T05:00:00Z,2001-01-15T05:00:00Z",
    "day in America/New_York,2001-04-01T12:00:00Z,2001-04-01T05:00:00Z,2001-04-02T04:00:00Z",
    "day in America/New_York,2001-10-28T12:00:00Z,2001-10-28T04:00:00Z,2001-10-29T05:00:00Z",
    "day in Pacific/Apia,2011-12-31T00:00:00Z,2011-12-30T10:00:00Z,2011-12-31T10:00:00Z",
  })
  void assignsCalendarDays(String config, String time, String start, String end) {
    IntervalWindow day =
        ((DaysWindows) (Object) WindowConfig.parse(config)).assignWindow(Instant.parse(time));

    assertThat(day, is(new IntervalWindow(Instant.parse(start), Instant.parse(end))));
  }

  @ParameterizedTest
  @CsvSource({
    "1h,DAY,0h",
    "1h,HOUR,0h",
    "1d,HOUR,24h",
    "7h,DAY,7h",
    "1h every 15m,DAY,1h",
    "session 2h,DAY,2h",
    "day,DAY,0h",
    "day,HOUR,25h",
    "day in America/New_York,DAY,25h",
  })
  void saysHowLongAWindowMayOutlastItsPartition(
      String config, Partitioning partitioning, String overhang) {
    assertThat(
        Windows.parse(config).overhang(partitioning),
        is(Duration.millis(Durations.parse("overhang", overhang).toMillis())));
  }

  @ParameterizedTest
  @CsvSource({
    "1h,2001-01-16T00:00:00Z,0h",
    "7h,2001-01-16T00:00:00Z,7h",
    "1d,2001-01-16T01:00:00Z,24h",
    "2h every 1h,2001-01-16T00:00:00Z,2h",
    "session 30m,2001-01-16T00:00:00Z,30m",
    "day,2001-01-16T00:00:00Z,0h",
    "day,2001-01-16T23:00:00Z,1h",
    "day in America/New_York,2001-01-16T00:00:00Z,5h",
    "day in America/New_York,2001-07-16T00:00:00Z,4h",
  })
  void saysHowLongAWindowMayOutlastAnInstantBeforeWhichItStarted(
      String config, String instant, String overhang) {
    assertThat(
        Windows.parse(config).overhang(Instant.parse(instant)),
        is(Duration.millis(Durations.parse("overhang", overhang).toMillis())));
  }

  @Test
  void looksBackForTheRecordThatMayHaveBegunASession() {
    assertThat(Windows.parse("session 30m").lookBack(), is(Duration.standardMinutes(30)));
    assertThat(Windows.parse("session 30m").areSessions(), is(true));
    assertThat(Windows.parse("2h every 1h").lookBack(), is(Duration.ZERO));
    assertThat(Windows.parse("2h every 1h").areSessions(), is(false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1x|1h, 1h every 15m, session 30m, day, or day in America/New_York",
        "''|1h, 1h every 15m, session 30m, day, or day in America/New_York",
        "hourly|1h, 1h every 15m, session 30m, day, or day in America/New_York",
        "Day|1h, 1h every 15m, session 30m, day, or day in America/New_York",
        "session soon|1h, 1h every 15m, session 30m, day, or day in America/New_York",
        "1h every|1h, 1h every 15m, session 30m, day, or day in America/New_York",
        "0s|a duration of 1ms or more",
        "PT-1H|a duration of 1ms or more",
        "1h every 0s|a duration of 1ms or more",
        "session 0s|a duration of 1ms or more",
        "15m every 1h|a period no longer than the window, or records fall between",
        "day in Mars|a time zone such as America/New_York after day in",
        "999999999999999d|1h, 1h every 15m, session 30m, day, or day in America/New_York",
      })
  void refusesAnythingElse(String config, String expected) {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> WindowConfig.parse(config));

    assertThat(
        failure.getMessage(), is("Invalid window: %s (expected %s)".formatted(config, expected)));
  }
}
