package dev.millrace.stages.window;

import dev.millrace.record.Durations;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.transforms.windowing.CalendarWindows;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.joda.time.DateTimeZone;
import org.joda.time.Duration;

/** Reads what {@link Windows} offers. */
final class WindowConfig {
  /** Calendar days that are aligned as partitions are. */
  static final String UTC_DAY = "day";

  private static final Pattern DAY = Pattern.compile("day(?: in (\\S+))?");
  private static final Pattern SESSION = Pattern.compile("session (\\S+)");
  private static final Pattern SLIDING = Pattern.compile("(\\S+) every (\\S+)");

  private WindowConfig() {}

  static WindowFn<Object, IntervalWindow> parse(String config) {
    Matcher day = DAY.matcher(config);
    if (day.matches()) {
      return days(config, day.group(1) == null ? "UTC" : day.group(1));
    }
    Matcher session = SESSION.matcher(config);
    if (session.matches()) {
      return Sessions.withGapDuration(duration(config, session.group(1)));
    }
    Matcher sliding = SLIDING.matcher(config);
    if (sliding.matches()) {
      return sliding(config, sliding.group(1), sliding.group(2));
    }
    return FixedWindows.of(duration(config, config));
  }

  /** Days are counted from the year 1, because Beam misses the day of times before the start. */
  private static WindowFn<Object, IntervalWindow> days(String config, String zone) {
    try {
      return CalendarWindows.days(1)
          .withTimeZone(DateTimeZone.forID(zone))
          .withStartingDay(1, 1, 1);
    } catch (IllegalArgumentException e) {
      throw invalid(config, "a time zone such as America/New_York after day in", e);
    }
  }

  private static WindowFn<Object, IntervalWindow> sliding(
      String config, String size, String period) {
    Duration length = duration(config, size);
    Duration every = duration(config, period);
    if (every.isLongerThan(length)) {
      throw invalid(config, "a period no longer than the window, or records fall between", null);
    }
    return SlidingWindows.of(length).every(every);
  }

  private static Duration duration(String config, String text) {
    java.time.Duration duration;
    try {
      duration = Durations.parse("duration", text);
      if (duration.toMillis() > 0) {
        return Duration.millis(duration.toMillis());
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw invalid(config, "1h, 1h every 15m, session 30m, day, or day in America/New_York", e);
    }
    throw invalid(config, "a duration of 1ms or more", null);
  }

  private static IllegalArgumentException invalid(String config, String expected, Exception cause) {
    return new IllegalArgumentException(
        "Invalid window: %s (expected %s)".formatted(config, expected), cause);
  }
}
