package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
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
    Console savepointed = Console.millrace("jobs", "savepoint", runId(), state);
    assertThat(savepointed.err(), savepointed.code(), is(0));
    assertThat(savepointed.out(), startsWith("file:" + stackFolder.resolve("stack/savepoints")));
    assertThat(listed().path("state").asText(), is("RUNNING"));
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

  /**
   * It goes on for ever, so it is stopped on the way: that must not end the partitions that go on.
   * A last quake is so much later than the others that all of them are committed.
   */
  @Test
  void publishesEachRecordOnceAcrossASavepoint() throws IOException {
    Console submitted = runForEver("--no-wait");
    assertThat(submitted.err(), submitted.code(), is(0));
    assertThat(
        submitted.out(), containsString(", and publishes partitions when they are complete"));
    awaitMarker("2018-01-31");
    String savepoint = stop();
    assertThat(Files.exists(folder.resolve("out/records/dt=2018-02-02")), is(false));

    arrive("2018-02-03", "2018-02-04", "2018-02-05", "2018-02-06", "2018-02-07");
    try (GZIPOutputStream last =
        new GZIPOutputStream(Files.newOutputStream(input.resolve(".last")))) {
      String quake = lines(input.resolve("2018-02-07.ndjson.gz")).get(0) + "\n";
      long time = Instant.parse("2018-02-07T23:30:00Z").toEpochMilli();
      last.write(
          quake
              .replaceAll("\"time\":\\d+", "\"time\":" + time)
              .replaceAll("\"id\":\"[^\"]+\"", "\"id\":\"last\"")
              .getBytes(StandardCharsets.UTF_8));
    }
    Files.move(input.resolve(".last"), input.resolve("2018-02-08.ndjson.gz"));
    CompletableFuture<Console> resumed =
        CompletableFuture.supplyAsync(() -> runForEver("--wait", "--from-savepoint=" + savepoint));
    awaitMarker("2018-02-06");
    for (int day = 1; day <= 6; day++) {
      String date = "2018-02-0" + day;
      assertThat(date, published(date), is(arrived(date)));
    }
    stop();
    Console stopped = resumed.join();
    assertThat(stopped.err(), stopped.code(), is(0));
    assertThat(
        stopped.out(),
        is(
            "Stopped %s; what it has published is listed in %s\n"
                .formatted(runId(), folder.resolve("out/_runs").resolve(runId()))));
  }

  private Console runForEver(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                QUAKES.resolve("earthquakes.job.yaml").toString(),
                "--streaming",
                "--runner=FlinkRunner",
                master,
                "--checkpointingInterval=1000",
                "--files-per-poll=1",
                "--outputFormat=ndjson",
                "--compression=NONE",
                "--input=" + input.resolve("*.ndjson.gz"),
                "--output=" + folder.resolve("out"),
                "--runId=" + runId()));
    arguments.addAll(List.of(more));
    return Console.millrace(arguments.toArray(String[]::new));
  }

  private void awaitMarker(String date) {
    Path marker = folder.resolve("out/records/dt=%s/_SUCCESS".formatted(date));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(marker)) {
      assertThat("the job gets on", System.nanoTime() < deadline);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  /** The quakes of a day as readers find them, on time or late, in order. */
  private List<String> published(String date) throws IOException {
    List<String> ids = new ArrayList<>();
    for (String table : List.of("records", "late")) {
      Path partition = folder.resolve("out/%s/dt=%s".formatted(table, date));
      if (Files.exists(partition.resolve("_SUCCESS"))) {
        try (Stream<Path> files = Files.list(partition)) {
          for (Path file : files.filter(path -> path.toString().endsWith(".ndjson")).toList()) {
            for (String line : Files.readAllLines(file)) {
              ids.add(new ObjectMapper().readTree(line).path("id").asText());
            }
          }
        }
      }
    }
    return ids.stream().sorted().toList();
  }

  private List<String> arrived(String date) throws IOException {
    List<String> ids = new ArrayList<>();
    try (Stream<Path> files = Files.list(input)) {
      for (Path file : files.toList()) {
        for (String line : lines(file)) {
          JsonNode quake = new ObjectMapper().readTree(line);
          if (Instant.ofEpochMilli(quake.path("time").asLong()).toString().startsWith(date)) {
            ids.add(quake.path("id").asText());
          }
        }
      }
    }
    return ids.stream().sorted().toList();
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

  /** Stopped when it has only just been submitted; then its pipeline changes. */
  @Test
  void restoresAChangedPipelineOnlyWhenToldToLeaveStateBehind() throws IOException {
    assertThat(run("--no-wait").code(), is(0));
    String savepoint = stop();
    assertSaysWhichCoderHasChanged(savepoint);
    assertSaysWhichTransformsAreGone(savepoint);

    CompletableFuture<Console> waiting =
        CompletableFuture.supplyAsync(
            () ->
                withoutAggregates(
                    "--from-savepoint=" + savepoint, "--allowNonRestoredState", "--wait"));
    awaitProgress();
    Console cancelled = Console.millrace("jobs", "cancel", runId(), state);
    assertThat(cancelled.err(), cancelled.code(), is(0));
    assertThat(listed().path("state").asText(), is("CANCELED"));
    Path checkpoint = Path.of(cancelled.out().strip().replace("file:", ""));
    assertThat(Files.exists(checkpoint.resolve("_metadata")), is(true));

    Console ended = waiting.join();
    assertThat(ended.code(), is(3));
    Path records = folder.resolve("out/_staging").resolve(runId()).resolve("records");
    assertThat("the checkpoint needs what is staged", Files.exists(records), is(true));
  }

  private void assertSaysWhichCoderHasChanged(String savepoint) throws IOException {
    Path contract = folder.resolve("q.odcs.yaml");
    String yaml = Files.readString(QUAKES.resolve("earthquakes.odcs.yaml"));
    Files.writeString(contract, yaml.replace("- name: magType\n", "- name: magnitudeType\n"));
    Console resumed = run("--contract=" + contract, "--from-savepoint=" + savepoint);
    assertThat(resumed.code(), is(2));
    assertThat(
        resumed.err(),
        startsWith(
            """
            Cannot restore run %1$s: the coder of transform Decode/Decode has changed (dev.millrace.record.Record)
            """
                .formatted(runId())));
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
                .formatted(runId())));
  }

  private Console withoutAggregates(String... more) {
    return run("ingest", List.of("--contract=" + QUAKES.resolve("earthquakes.odcs.yaml")), more);
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
    return run(QUAKES.resolve("earthquakes.job.yaml").toString(), List.of(), more);
  }

  private Console run(String job, List<String> options, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                job,
                "--streaming",
                "--runner=FlinkRunner",
                master,
                "--checkpointingInterval=1000",
                "--until-idle=40s",
                "--input=" + input.resolve("*.ndjson.gz"),
                "--output=" + folder.resolve("out"),
                "--runId=" + runId(),
                "--json"));
    arguments.addAll(options);
    arguments.addAll(List.of(more));
    return Console.millrace(arguments.toArray(String[]::new));
  }

  /** Unique on the cluster, which this class's tests share. */
  private String runId() {
    return "quakes-" + folder.getFileName();
  }

  /** Until the first partition has been written and a checkpoint of the job knows of it. */
  private void awaitProgress() throws IOException {
    Path records = folder.resolve("out/_staging").resolve(runId()).resolve("records");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String before = null;
    String now = null;
    while (before == null || before.equals(now)) {
      assertThat("the job gets on", System.nanoTime() < deadline);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      JsonNode job = listed();
      if (job.path("state").asText().equals("RUNNING")) {
        now = job.path("checkpoint").asText();
        before = before == null && Files.isDirectory(records) ? now : before;
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
        lines += lines(file).size();
      }
    }
    return lines;
  }

  private static List<String> lines(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
