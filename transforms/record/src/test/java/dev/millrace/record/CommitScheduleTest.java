package dev.millrace.record;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.IncompatibleWindowException;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitScheduleTest {
  private static final CommitSchedule SCHEDULE =
      CommitSchedule.of(
          "run", Duration.standardHours(1), Partitioning.DAY, Duration.standardMinutes(90));

  private static final long DAY = Partitioning.DAY.bucketNamed("dt=2001-01-15");

  @ParameterizedTest
  @CsvSource({
    "2001-01-15T07:00:00Z, 2001-01-16T02:00:00Z", // while the partition goes on
    "2001-01-16T01:59:59.999Z, 2001-01-16T02:00:00Z", // at the last moment
    "2001-01-16T02:00:00Z, 2001-01-16T03:00:00Z", // when it is published
    "2001-02-01T12:34:56Z, 2001-02-01T13:00:00Z",
  })
  void waitsForThePartitionAndThenAdds(String read, String commit) {
    Instant end = SCHEDULE.commitOf(DAY, window(read));
    assertThat(end, is(Instant.parse(commit)));
    assertThat(SCHEDULE.completes(DAY, end), is(commit.equals("2001-01-16T02:00:00Z")));
  }

  @Test
  void doesNotWaitIfAsked() {
    CommitSchedule schedule = SCHEDULE.withoutWaiting();
    Instant end = schedule.commitOf(DAY, window("2001-01-15T07:00:00Z"));
    assertThat(end, is(Instant.parse("2001-01-15T08:00:00Z")));
    assertThat(schedule.completes(DAY, Instant.parse("2001-01-16T02:00:00Z")), is(false));
  }

  @Test
  void allowsForRowsThatComeLaterThanTheirTimestamps() {
    CommitSchedule schedule = SCHEDULE.delayedBy(Duration.standardMinutes(90));
    assertThat(
        schedule.commitOf(DAY, window("2001-01-16T01:00:00Z")),
        is(Instant.parse("2001-01-16T04:00:00Z")));
  }

  @Test
  void namesCommitsInTheOrderOfTime() {
    assertThat(CommitSchedule.name(Instant.parse("2001-01-16T02:00:00Z")), is("20010116T020000Z"));
    assertThat(
        CommitSchedule.name(
            SCHEDULE.windows().assignWindow(BoundedWindow.TIMESTAMP_MIN_VALUE).end()),
        is("00000000T000000Z"));
    Instant last = SCHEDULE.commitOf(DAY, window(GlobalWindow.INSTANCE.maxTimestamp().toString()));
    assertThat(CommitSchedule.name(last), is("99999999T999999Z"));
    assertThat(last.isBefore(GlobalWindow.INSTANCE.maxTimestamp()), is(true));
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:30:00Z, 1970-01-01T00:00:00Z",
    "1969-12-31T23:30:00Z, 1969-12-31T23:00:00Z",
    "1950-06-01T12:59:59.999Z, 1950-06-01T12:00:00Z",
  })
  void cutsTheTimeBefore1970Too(String time, String start) {
    IntervalWindow window = window(time);
    assertThat(window.start(), is(Instant.parse(start)));
    assertThat(window.end(), is(Instant.parse(start).plus(Duration.standardHours(1))));
  }

  @Test
  void isCompatibleWithItselfOnly() throws IncompatibleWindowException {
    CommitWindows windows = SCHEDULE.windows();
    windows.verifyCompatibility(SCHEDULE.windows());
    assertThat(windows.hashCode(), is(SCHEDULE.windows().hashCode()));
    IncompatibleWindowException failure =
        assertThrows(
            IncompatibleWindowException.class,
            () -> windows.verifyCompatibility(FixedWindows.of(Duration.standardHours(1))));
    assertThat(
        failure
            .getMessage()
            .endsWith("Commits of one interval are compatible with each other only"),
        is(true));
  }

  @Test
  void refusesDurationsThatItCannotKeep() {
    assertThat(
        refusal(Duration.millis(1_500), Duration.ZERO),
        is("Invalid interval of commits: PT1.500S (expected whole seconds)"));
    assertThat(
        refusal(Duration.ZERO, Duration.ZERO),
        is("Invalid interval of commits: PT0S (expected whole seconds)"));
    assertThat(
        refusal(Duration.standardHours(1), Duration.millis(-1)),
        is("Invalid grace or delay of commits: PT-0.001S, PT0S (expected zero or more)"));
    Duration hour = Duration.standardHours(1);
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> CommitSchedule.of("", hour, Partitioning.DAY, hour));
    assertThat(failure.getMessage(), is("Missing required value: runId"));
  }

  private static String refusal(Duration interval, Duration grace) {
    return assertThrows(
            IllegalArgumentException.class,
            () -> CommitSchedule.of("run", interval, Partitioning.DAY, grace))
        .getMessage();
  }

  private static IntervalWindow window(String time) {
    return SCHEDULE.windows().assignWindow(Instant.parse(time));
  }
}
