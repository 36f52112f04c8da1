package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unbounded runs on a real cluster, which are ended on the way and go on from where they were. */
class JobsIT {
  private static final Path QUAKES = Path.of("../../testdata/earthquakes");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir static Path stackFolder;
  private static String state;
  private static String master;

  @TempDir Path folder;
  private Path input;

  @BeforeAll
  static void startStack() throws IOException {
    state = "--state=" + stackFolder.resolve("stack");
    Console up = Console.millrace("dev", "up", state, "--json");
    assertThat(up.err(), up.code(), is(0));
    master = "--flinkMaster=127.0.0.1:" + up.json().findValue("flink").asText();
  }

  @AfterAll
  static void endStack() {
    Console.millrace("dev", "down", "--wipe", state);
  }

  @BeforeEach
  void letTheFirstDaysArrive() throws IOException {
    input = Files.createDirectory(folder.resolve("in"));
    arrive("2018-01-31", "2018-02-01", "2018-02-02");
  }

  /** Each time some days arrive before it goes on, or else it would have waited long enough. */
  @Test
  void goesOnFromCheckpointAndSavepointWithoutLossOrRepetition() throws IOException {
    Console submitted = run("--no-wait");
    assertThat(submitted.err(), submitted.code(), is(0));
    awaitProgress();
    killJobManager();
    assertThat(Console.millrace("jobs", "list", state).code(), is(3));
    assertThat(Console.millrace("dev", "up", state).code(), is(0));

    arrive("2018-02-03", "2018-02-04");
    Path checkpoint = lastCheckpoint(submitted.json().path("job").asText());
    Console resumed = run("--no-wait", "--from-savepoint=" + checkpoint);
    assertThat(resumed.err(), resumed.code(), is(0));
    awaitProgress();
    String savepoint = stop();

    arrive("2018-02-05", "2018-02-06", "2018-02-07");
    Console finished = run("--wait", "--from-savepoint=" + savepoint);
    assertThat(finished.err(), finished.code(), is(0));
    JsonNode report = finished.json();
    assertThat(report.path("read").asLong(), is(records()));
    assertThat(report.path("duplicates").asLong(), is(0L));
    assertThat(report.path("published").asLong() + report.path("late").asLong(), is(records()));
  }

  private String stop() throws IOException {
    Console stopped = Console.millrace("jobs", "stop", runId(), state, "--json");
    assertThat(stopped.err(), stopped.code(), is(0));
    assertThat(listed().path("state").asText(), is("FINISHED"));
    assertThat(Console.millrace("jobs", "list", state).out(), containsString("FINISHED    20"));

    Console again = Console.millrace("jobs", "stop", runId(), state);
    assertThat(again.code(), is(2));
    assertThat(
        again.err(), is("Cannot change job %s: it has ended (FINISHED)\n".formatted(runId())));
    return stopped.json().path("savepoint").asText();
  }

  @Test
  void takesASavepointAndKeepsTheLastCheckpointOfAJobThatIsCancelled() throws IOException {
    assertThat(run("--no-wait").code(), is(0));
    awaitProgress();
    Console savepoint = Console.millrace("jobs", "savepoint", runId(), state);
    assertThat(savepoint.err(), savepoint.code(), is(0));
    assertThat(savepoint.out(), startsWith("file:" + stackFolder.resolve("stack/savepoints")));
    assertThat(listed().path("state").asText(), is("RUNNING"));

    Console cancelled = Console.millrace("jobs", "cancel", runId(), state);
    assertThat(cancelled.err(), cancelled.code(), is(0));
    assertThat(listed().path("state").asText(), is("CANCELED"));
    Path checkpoint = Path.of(cancelled.out().strip().replace("file:", ""));
    assertThat(Files.exists(checkpoint.resolve("_metadata")), is(true));
  }

  @Test
  void saysWhichJobAndWhichSavepointItCannotFind() throws IOException {
    Console stopped = Console.millrace("jobs", "stop", "nothing", state);
    assertThat(stopped.code(), is(2));
    assertThat(
        stopped.err(),
        is(
            "Cannot find job nothing: Flink at %s has none of that id or name\n"
                .formatted(master.replace("--flinkMaster=", ""))));

    Console resumed = run("--no-wait", "--from-savepoint=/no/such");
    assertThat(resumed.code(), is(3));
    assertThat(
        resumed.err(),
        containsString("Cannot find checkpoint or savepoint file/directory '/no/such'"));
  }

  private Console run(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                QUAKES.resolve("earthquakes.job.yaml").toString(),
                "--streaming",
                "--runner=FlinkRunner",
                master,
                "--checkpointingInterval=1000",
                "--until-idle=60s",
                "--input=" + input.resolve("*.ndjson.gz"),
                "--output=" + folder.resolve("out"),
                "--runId=" + runId(),
                "--json"));
    arguments.addAll(List.of(more));
    return Console.millrace(arguments.toArray(String[]::new));
  }

  /** Unique on the cluster, which this class's tests share. */
  private String runId() {
    return "quakes-" + folder.getFileName();
  }

  /** Until the first partition has been written and a checkpoint knows of it. */
  private void awaitProgress() throws IOException {
    Path records = folder.resolve("out/_staging").resolve(runId()).resolve("records");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String before = null;
    while (before == null || listed().path("checkpoint").asText().equals(before)) {
      assertThat("the job gets on", System.nanoTime() < deadline);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      if (before == null && Files.isDirectory(records)) {
        before = listed().path("checkpoint").asText();
      }
    }
  }

  private JsonNode listed() throws IOException {
    Console list = Console.millrace("jobs", "list", state, "--json");
    for (JsonNode job : list.json().path("jobs")) {
      if (job.path("name").asText().equals(runId())) {
        return job;
      }
    }
    throw new AssertionError("The job is not listed: " + list.out());
  }

  private static void killJobManager() throws IOException {
    JsonNode status = Console.millrace("dev", "status", state, "--json").json();
    for (JsonNode component : status.path("components")) {
      if (component.path("name").asText().equals("jobmanager")) {
        ProcessHandle process = ProcessHandle.of(component.path("pid").asLong()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
      }
    }
  }

  /** Each complete one has metadata; older ones are deleted when there is a later. */
  private static Path lastCheckpoint(String job) throws IOException {
    try (Stream<Path> files = Files.walk(stackFolder.resolve("stack/checkpoints").resolve(job))) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .map(Path::getParent)
          .max(Comparator.comparingInt(JobsIT::number))
          .orElseThrow();
    }
  }

  private static int number(Path checkpoint) {
    return Integer.parseInt(checkpoint.getFileName().toString().replace("chk-", ""));
  }

  private void arrive(String... days) throws IOException {
    for (String day : days) {
      Path hidden = input.resolve("." + day);
      Files.copy(QUAKES.resolve(day + ".ndjson.gz"), hidden);
      Files.move(hidden, input.resolve(day + ".ndjson.gz"));
    }
  }

  private long records() throws IOException {
    long lines = 0;
    try (Stream<Path> files = Files.list(input)) {
      for (Path file : files.toList()) {
        try (BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
          lines += reader.lines().count();
        }
      }
    }
    return lines;
  }
}
