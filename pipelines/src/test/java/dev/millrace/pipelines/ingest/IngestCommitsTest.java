package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.table.Manifest;
import dev.millrace.quarantine.QuarantineReader;
import dev.millrace.quarantine.QuarantinedRecord;
import dev.millrace.record.Disposition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.beam.sdk.PipelineResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ingest --streaming} without an end: it publishes while it goes on. */
class IngestCommitsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String RUN = "flights-run";

  @TempDir Path folder;
  private Path input;
  private Path output;

  @Test
  void publishesPartitionsWhileItGoesOnAndAddsWhatIsLate() throws Exception {
    input = Files.createDirectory(folder.resolve("in"));
    output = folder.resolve("out");
    publishedBefore("records/dt=2001-01-02", "late/dt=2001-01-02", "records/dt=2001-01-09");
    for (int day = 1; day <= 4; day++) {
      arrive(day, flights(day));
    }
    PipelineResult run = start();
    try {
      await(partition("records", 3));
      StagedOutput bounded = bounded();
      StagedOutput published = StagedOutput.published(output);
      for (String table : List.of("records", "aggregates")) {
        assertThat(published.rows(table), is(upToDay(3, bounded.rows(table))));
      }
      assertThat(
          "the late rows of an earlier run went with its records",
          Files.exists(output.resolve("late/dt=2001-01-02")),
          is(false));
      assertThat(
          "a partition that this run has nothing of stays",
          Files.exists(output.resolve("records/dt=2001-01-09/old")));

      arrive(5, flight(1, 5, 900) + flights(5));
      arrive(6, flights(6));
      await(partition("late", 1));
      assertThat(
          StagedOutput.published(output).rows("late").get(0),
          startsWith("{\"partition\":\"dt=2001-01-01\""));
      assertThat(
          upToDay(3, StagedOutput.published(output).rows("records")),
          is(upToDay(3, bounded.rows("records"))));
      assertCommitsAddUp();
    } finally {
      IngestRun.cancel(run);
    }
  }

  private void assertCommitsAddUp() throws IOException {
    List<Manifest> commits = commits();
    assertThat(sum(commits, Disposition.LATE), is(1L));
    assertThat(sum(commits, Disposition.DUPLICATE), is(not(0L)));
    assertThat(
        sum(commits, Disposition.READ),
        is(
            sum(commits, Disposition.PUBLISHED)
                + sum(commits, Disposition.REJECTED)
                + sum(commits, Disposition.DUPLICATE)
                + sum(commits, Disposition.LATE)));
    try (Stream<QuarantinedRecord> rejects = QuarantineReader.read(output.resolve("quarantine"))) {
      assertThat(rejects.count(), is(sum(commits, Disposition.REJECTED)));
    }
    List<Path> quarantines = list(output.resolve("quarantine"));
    assertThat(quarantines, is(not(empty())));
    for (Path quarantine : quarantines) {
      assertThat(quarantine.getFileName().toString(), startsWith("run=" + RUN + "-"));
      assertThat(Files.exists(quarantine.resolve("_SUCCESS")), is(true));
    }
  }

  @Test
  void publishesNothingOfAPartitionThatGoesOn() throws Exception {
    input = Files.createDirectory(folder.resolve("in"));
    output = folder.resolve("out");
    arrive(1, flights(1));
    arrive(2, flight(2, 0, 1));
    PipelineResult run = start();
    try {
      await(() -> !list(output.resolve("_runs").resolve(RUN)).isEmpty());
      assertThat(StagedOutput.published(output).manifest().files(), is(empty()));
    } finally {
      IngestRun.cancel(run);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--runId=run --commitInterval=soon, Invalid --commitInterval: soon (expected a number and one of ms; s; m; h; d; such as 1h; or ISO 8601)",
    "--runId=run --commitInterval=10ms, Invalid --commitInterval: Invalid interval of commits: PT0.010S (expected whole seconds)",
    "--shards=1, Missing required value: runId",
    "--runId=run, Missing required value: output",
  })
  void refusesWhatItCannotDo(String options, String message) {
    String needed = "--streaming --contract=../testdata/flights/flights.odcs.yaml --input=%s/* ";
    String[] all = (needed.formatted(folder) + options).split(" ", -1);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> IngestRun.build(folder.resolve("none"), all));
    assertThat(e.getMessage(), is(message.replace(';', ',')));
  }

  /** What happens to the disk while a run goes on. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat("the run gets on", System.nanoTime() < deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private Condition partition(String table, int day) {
    Path marker = output.resolve("%s/dt=2001-01-%02d/_SUCCESS".formatted(table, day));
    return () -> Files.exists(marker);
  }

  private PipelineResult start() {
    return IngestRun.build(
            output.resolve("_staging").resolve(RUN),
            "--input=" + input + "/*.ndjson",
            "--contract=../testdata/flights/flights.odcs.yaml",
            "--output=" + output,
            "--runId=" + RUN,
            "--aggregate=count,mean(delay)",
            "--groupBy=origin",
            "--earlyFirings=1h",
            "--filesPerPoll=1",
            "--pollInterval=20ms",
            "--shards=1",
            "--streaming",
            "--blockOnRun=false")
        .run();
  }

  private StagedOutput bounded() {
    return IngestRun.to(
        folder.resolve("bounded"),
        "--input=" + input + "/*.ndjson",
        "--contract=../testdata/flights/flights.odcs.yaml",
        "--aggregate=count,mean(delay)",
        "--groupBy=origin");
  }

  private static List<String> upToDay(int day, List<String> rows) {
    Predicate<String> early =
        row ->
            row.substring(0, 27).compareTo("{\"partition\":\"dt=2001-01-%02d".formatted(day)) <= 0;
    return rows.stream().filter(early).toList();
  }

  private List<Manifest> commits() throws IOException {
    return list(output.resolve("_runs").resolve(RUN)).stream().map(Manifest::read).toList();
  }

  private static long sum(List<Manifest> commits, Disposition disposition) {
    return commits.stream().mapToLong(commit -> commit.count(disposition)).sum();
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
    }
  }

  private void publishedBefore(String... partitions) throws IOException {
    for (String partition : partitions) {
      Path old = Files.createDirectories(output.resolve(partition));
      Files.writeString(old.resolve("old"), "of an earlier run");
      Files.createFile(old.resolve("_SUCCESS"));
    }
  }

  /** A day in the order of time, with a copy of each hour's last flight, and with a reject. */
  private static String flights(int day) {
    StringBuilder lines = new StringBuilder();
    for (int hour = 0; hour < 24; hour++) {
      for (int i = 0; i < 20; i++) {
        lines.append(flight(day, hour, 3 * i));
      }
      lines.append(flight(day, hour, 57));
    }
    return lines.append("{\n").append(flight(day, 23, 59)).toString();
  }

  private static String flight(int day, int hour, int number) {
    return String.format(
        Locale.ROOT,
        """
        {"date":"2001-01-%02dT%02d:%02d:00Z","delay":%d,"distance":%d,"origin":"%s","destination":"LAX"}
        """,
        day,
        hour,
        number % 60,
        day,
        number + 1,
        List.of("SFO", "JFK", "ORD").get(number % 3));
  }

  private void arrive(int day, String text) throws IOException {
    Path hidden = Files.writeString(input.resolve("." + day), text);
    Files.setLastModifiedTime(hidden, FileTime.fromMillis(100_000L * day));
    Files.move(hidden, input.resolve(day + ".ndjson"));
  }
}
