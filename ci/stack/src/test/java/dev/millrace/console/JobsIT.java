package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unbounded runs on a real cluster, which are ended on the way and go on from where they were. */
class JobsIT {
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
}
