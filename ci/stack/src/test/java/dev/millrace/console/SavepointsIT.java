package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Unbounded runs on a real cluster that end on the way. What a savepoint or checkpoint keeps: what
 * was published before it, and the state of the same pipeline.
 */
@Order(1)
class SavepointsIT {
  /** A class path has some 250 MB; that of a few jobs without releases is below. */
  private static final long SMALL_JARS = 32L << 20;

  @TempDir static Path stackFolder;
  private static Stack stack;

  @TempDir Path folder;
  private QuakesRun run;

  @BeforeAll
  static void startStack() throws IOException {
    stack = Stack.up(stackFolder.resolve("stack"));
  }

  @AfterAll
  static void endStack() {
    stack.down();
  }

  @BeforeEach
  void letTheFirstDaysArrive() throws IOException {
    run = QuakesRun.in(folder, stack);
  }

  /**
   * It goes on for ever, so it is stopped on the way: that must not end the partitions that go on.
   * A last quake is so much later than the others that all of them are committed.
   */
  @Test
  void publishesEachRecordOnceAcrossASavepoint() throws IOException {
    Console submitted = run.forEver("--no-wait");
    assertThat(submitted.err(), submitted.code(), is(0));
    assertThat(
        submitted.out(), containsString(", and publishes partitions when they are complete"));
    run.awaitMarker("2018-01-31");
    assertThat("no releases", stack.sent(), allOf(greaterThan(0L), lessThan(SMALL_JARS)));
    String savepoint = run.stop();
    assertThat(Files.exists(folder.resolve("out/records/dt=2018-02-02")), is(false));

    run.arrive("2018-02-03", "2018-02-04", "2018-02-05", "2018-02-06", "2018-02-07");
    run.arriveLast("2018-02-07T23:30:00Z");
    CompletableFuture<Console> resumed =
        CompletableFuture.supplyAsync(() -> run.forEver("--wait", "--from-savepoint=" + savepoint));
    run.awaitMarker("2018-02-06");
    for (int day = 1; day <= 6; day++) {
      String date = "2018-02-0" + day;
      assertThat(date, run.published(date), is(run.arrived(date)));
    }
    run.stop();
    Console stopped = resumed.join();
    assertThat(stopped.err(), stopped.code(), is(0));
    assertThat(
        stopped.out(),
        is(
            "Stopped %s; what it has published is listed in %s\n"
                .formatted(run.id(), folder.resolve("out/_runs").resolve(run.id()))));
  }

  /** Each time some days arrive before it goes on, or else it would have waited long enough. */
  @Test
  void goesOnFromCheckpointAndSavepointWithoutLossOrRepetition() throws IOException {
    Console submitted = run.untilIdle("--no-wait");
    assertThat(submitted.err(), submitted.code(), is(0));
    run.awaitProgress();
    assertThat(stack.writeBuffers(), contains("write_buffer_size=8388608"));
    Console savepointed = Console.millrace("jobs", "savepoint", run.id(), stack.state());
    assertThat(savepointed.err(), savepointed.code(), is(0));
    assertThat(savepointed.out(), startsWith("file:" + stackFolder.resolve("stack/savepoints")));
    assertThat(run.listed().path("state").asText(), is("RUNNING"));
    stack.killJobManager();
    assertThat(Console.millrace("jobs", "list", stack.state()).code(), is(3));
    Console up = Console.millrace("dev", "up", stack.state());
    assertThat(up.err(), up.code(), is(0));

    run.arrive("2018-02-03", "2018-02-04");
    Path checkpoint = stack.lastCheckpoint(submitted.json().path("job").asText());
    Console resumed = run.untilIdle("--no-wait", "--from-savepoint=" + checkpoint);
    assertThat(resumed.err(), resumed.code(), is(0));
    run.awaitProgress();
    String savepoint = run.stop();

    run.arrive("2018-02-05", "2018-02-06", "2018-02-07");
    Console finished = run.untilIdle("--wait", "--from-savepoint=" + savepoint);
    assertThat(finished.err(), finished.code(), is(0));
    JsonNode report = finished.json();
    assertThat(report.path("read").asLong(), is(run.records()));
    assertThat(report.path("duplicates").asLong(), is(0L));
    assertThat(report.path("published").asLong() + report.path("late").asLong(), is(run.records()));
  }

  @Test
  void saysWhichJobAndWhichSavepointItCannotFind() throws IOException {
    Console stopped = Console.millrace("jobs", "stop", "nothing", stack.state());
    assertThat(stopped.code(), is(2));
    assertThat(
        stopped.err(),
        is(
            "Cannot find job nothing: Flink at %s has none of that id or name\n"
                .formatted(stack.flink())));

    Console resumed = run.untilIdle("--no-wait", "--from-savepoint=/no/such");
    assertThat(resumed.code(), is(3));
    assertThat(
        resumed.err(),
        containsString("Cannot find checkpoint or savepoint file/directory '/no/such'"));
  }

  /** Stopped when it has only just been submitted; then its pipeline changes. */
  @Test
  void restoresAChangedPipelineOnlyWhenToldToLeaveStateBehind() throws IOException {
    assertThat(run.untilIdle("--no-wait").code(), is(0));
    String savepoint = run.stop();
    assertSaysWhichCoderHasChanged(savepoint);
    assertSaysWhichTransformsAreGone(savepoint);

    // On a slow machine the first days were all read before it stopped.
    run.arrive("2018-02-03", "2018-02-04");
    CompletableFuture<Console> waiting =
        CompletableFuture.supplyAsync(
            () ->
                withoutAggregates(
                    "--from-savepoint=" + savepoint, "--allowNonRestoredState", "--wait"));
    run.awaitProgress();
    Console cancelled = Console.millrace("jobs", "cancel", run.id(), stack.state());
    assertThat(cancelled.err(), cancelled.code(), is(0));
    assertThat(run.listed().path("state").asText(), is("CANCELED"));
    Path checkpoint = Path.of(cancelled.out().strip().replace("file:", ""));
    assertThat(Files.exists(checkpoint.resolve("_metadata")), is(true));

    Console ended = waiting.join();
    assertThat(ended.code(), is(3));
    Path records = folder.resolve("out/_staging").resolve(run.id()).resolve("records");
    assertThat("the checkpoint needs what is staged", Files.exists(records), is(true));
  }

  private void assertSaysWhichCoderHasChanged(String savepoint) throws IOException {
    Path contract = folder.resolve("q.odcs.yaml");
    String yaml = Files.readString(QuakesRun.QUAKES.resolve("earthquakes.odcs.yaml"));
    Files.writeString(contract, yaml.replace("- name: magType\n", "- name: magnitudeType\n"));
    Console resumed = run.untilIdle("--contract=" + contract, "--from-savepoint=" + savepoint);
    assertThat(resumed.code(), is(2));
    assertThat(
        resumed.err(),
        startsWith(
            """
            Cannot restore run %1$s: the coder of transform Decode/Decode has changed (dev.millrace.record.Record)
            """
                .formatted(run.id())));
  }

  /** The savepoint holds state of what makes aggregates, and there are none any more. */
  private void assertSaysWhichTransformsAreGone(String savepoint) {
    Console resumed = withoutAggregates("--from-savepoint=" + savepoint);
    assertThat(resumed.code(), is(2));
    assertThat(
        resumed.err(),
        is(
            """
            Cannot restore run %1$s: transform Aggregate is gone
            Cannot restore run %1$s: transform SplitPanes is gone
            Cannot restore run %1$s: transform WriteAggregates is gone
            With --allowNonRestoredState its state would be left behind
            """
                .formatted(run.id())));
  }

  private Console withoutAggregates(String... more) {
    return run.untilIdle(
        "ingest", List.of("--contract=" + QuakesRun.QUAKES.resolve("earthquakes.odcs.yaml")), more);
  }
}
