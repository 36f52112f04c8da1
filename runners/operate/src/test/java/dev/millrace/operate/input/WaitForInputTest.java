package dev.millrace.operate.input;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.ledger.Interval;
import dev.millrace.operate.JsonFiles;
import dev.millrace.operate.input.InputWait.OnMissing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Time passes only where something sleeps. */
final class WaitForInputTest {
  private static final Instant START = Instant.parse("2001-01-03T00:00:00Z");
  private static final Optional<Interval> TWO_DAYS =
      Optional.of(
          new Interval(
              Instant.parse("2001-01-01T00:00:00Z"), Instant.parse("2001-01-03T00:00:00Z")));

  private final List<Duration> slept = new ArrayList<>();
  private Instant now = START;

  @TempDir private Path folder;
  private Path output;
  private Path input;

  @BeforeEach
  void choosePaths() {
    output = folder.resolve("out");
    input = folder.resolve("in.ndjson");
  }

  @Test
  void doesNotWaitForWhatIsThere() throws Exception {
    Files.createFile(input);
    Waited waited = wait("1h", OnMissing.FAIL, input.toString());

    assertThat(waited.outcome(), is(Waited.Outcome.ARRIVED));
    assertThat(waited.missing(), is(empty()));
    assertThat(slept, is(empty()));
    assertThat("nothing is written", Files.exists(output), is(false));
  }

  @Test
  void looksLessAndLessOftenUntilItIsThere() throws Exception {
    Waited waited =
        WaitForInput.of(ask("1h", OnMissing.FAIL, input.toString()), clock(), arrivesAfter(200))
            .execute(output, Optional.empty());

    assertThat(waited.outcome(), is(Waited.Outcome.ARRIVED));
    assertThat(
        slept.stream().map(Duration::toSeconds).toList(),
        contains(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L));
    assertThat(waited.waited(), is(Duration.ofSeconds(243)));
  }

  @Test
  void failsAtTheDeadlineAndNotLater() throws Exception {
    Waited waited = wait("10s", OnMissing.FAIL, input.toString(), folder.resolve("b").toString());

    assertThat(waited.outcome(), is(Waited.Outcome.MISSING));
    assertThat(slept.stream().map(Duration::toSeconds).toList(), contains(1L, 2L, 4L, 3L));
    assertThat(
        waited.message(),
        is("Cannot find %s and 1 more: not there after 10.0 s".formatted(folder.resolve("b"))));
    assertThat(Files.exists(output), is(false));
  }

  @Test
  void looksOnceIfItMustNotWait() throws Exception {
    assertThat(wait("0s", OnMissing.FAIL, input.toString()).outcome(), is(Waited.Outcome.MISSING));
    assertThat(slept, is(empty()));
  }

  @Test
  void looksOnceMoreAtTheDeadline() throws Exception {
    Waited waited =
        WaitForInput.of(ask("10s", OnMissing.FAIL, input.toString()), clock(), arrivesAfter(10))
            .execute(output, Optional.empty());
    assertThat(waited.outcome(), is(Waited.Outcome.ARRIVED));
  }

  @Test
  void givesUpWhenNobodyWaitsAnyLonger() throws Exception {
    Waited waited =
        WaitForInput.of(ask("1h", OnMissing.STALE, input.toString()), clock(), duration -> false)
            .execute(output, Optional.empty());
    assertThat(waited.outcome(), is(Waited.Outcome.GIVEN_UP));
    assertThat(Files.exists(output), is(false));
  }

  @Test
  void marksTheOutputAsStaleUntilTheInputComes() throws Exception {
    Path day = output.resolve("records/dt=2001-01-01");
    Files.createDirectories(day);
    Files.createFile(day.resolve("_SUCCESS"));
    Files.createFile(output.resolve(".millrace"));

    Waited waited = wait("1h", OnMissing.STALE, input.toString());
    assertThat(waited.outcome(), is(Waited.Outcome.STALE));
    assertThat(
        Files.readString(output.resolve("_STALE")),
        is(
            """
            {
              "since": "2001-01-03T01:00:00Z",
              "missing": [
                "%s"
              ],
              "lastPublished": "dt=2001-01-01"
            }
            """
                .formatted(input)));

    wait("1h", OnMissing.STALE, input.toString());
    assertThat("it has been so since the first time", marker().since(), is("2001-01-03T01:00:00Z"));

    Files.createFile(input);
    wait("1h", OnMissing.STALE, input.toString());
    assertThat(Files.exists(output.resolve("_STALE")), is(false));
  }

  @Test
  void makesAnOutputThatARunCanPublishTo() throws Exception {
    wait("0s", OnMissing.STALE, input.toString());
    assertThat(Files.exists(output.resolve(".millrace")), is(true));
    assertThat(marker().lastPublished() == null, is(true));
  }

  @Test
  void refusesAnOutputOfOthers() throws Exception {
    Files.createDirectories(output);
    Files.createFile(output.resolve("theirs"));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> wait("0s", OnMissing.STALE, input.toString()));
    assertThat(
        e.getMessage(),
        is(
            "Cannot write to %s: it exists and was not made by Millrace (choose another folder, or an empty one)"
                .formatted(output)));
  }

  @Test
  void waitsForEachDayOfARun() throws Exception {
    Files.createFile(folder.resolve("2001-01-01.gz"));
    Waited waited =
        WaitForInput.of(ask("1s", OnMissing.FAIL, folder + "/{date}.gz"), clock(), this::sleep)
            .execute(output, TWO_DAYS);
    assertThat(waited.missing(), contains(folder + "/2001-01-02.gz"));
  }

  @Test
  void needsADayWhereOneIsNamed() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> wait("1s", OnMissing.FAIL, "in/{date}.gz"));
    assertThat(
        e.getMessage(),
        is("Missing required value: from and to (--wait-for=in/{date}.gz names a date)"));
  }

  @ParameterizedTest
  @CsvSource({
    "records/dt=2001-01-01/_SUCCESS, true",
    "records/dt=2001-01-01, true",
    "records/dt=*/_SUCCESS, true",
    "records/dt=2001-01-0[12]/*, true",
    "records/**/_SUCCESS, true",
    "'records/dt=2001-01-{01,02}/_SUCCESS', true",
    "records/dt=2001-01-01/*.parquet, false",
    "records/*.parquet, false",
    "records/dt=2001-01-0?, true",
    "records/dt=2001-01-1?, false",
    "none/*, false"
  })
  void knowsPathsAndGlobs(String glob, boolean there) throws IOException {
    Path day = folder.resolve("records/dt=2001-01-01");
    Files.createDirectories(day);
    Files.createFile(day.resolve("_SUCCESS"));
    Files.createFile(day.resolve(".part.parquet"));
    assertThat(PathGlob.of(folder + "/" + glob).exists(), is(there));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://bucket/{date}", "in/{a", "in/[z", " "})
  void refusesWhatIsNoLocalPath(String pattern) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ask("1s", OnMissing.FAIL, pattern));
    assertThat(
        e.getMessage(),
        is("Invalid --wait-for: %s (expected a local path, or a glob of some)".formatted(pattern)));
  }

  private StaleMarker marker() throws IOException {
    return JsonFiles.read(output.resolve("_STALE"), StaleMarker.class);
  }

  private Waited wait(String timeout, OnMissing onMissing, String... patterns)
      throws InterruptedException {
    return WaitForInput.of(ask(timeout, onMissing, patterns), clock(), this::sleep)
        .execute(output, Optional.empty());
  }

  private static InputWait ask(String timeout, OnMissing onMissing, String... patterns) {
    return new InputWait(List.of(patterns), Duration.parse("PT" + timeout), onMissing);
  }

  private WaitForInput.Sleeper arrivesAfter(long seconds) {
    return duration -> {
      sleep(duration);
      if (Duration.between(START, now).toSeconds() >= seconds) {
        create();
      }
      return true;
    };
  }

  private void create() {
    try {
      Files.write(input, new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean sleep(Duration duration) {
    slept.add(duration);
    now = now.plus(duration);
    return true;
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
      }
    };
  }
}
