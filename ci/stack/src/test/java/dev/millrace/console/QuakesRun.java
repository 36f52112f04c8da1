package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

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
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** An unbounded run that reads earthquakes, which arrive by days while it goes on. */
final class QuakesRun {
  static final Path QUAKES = Path.of("../../testdata/earthquakes");
  private static final String JOB = QUAKES.resolve("earthquakes.job.yaml").toString();
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final Stack stack;
  private final Path folder;
  private final Path input;

  private QuakesRun(Stack stack, Path folder, Path input) {
    this.stack = stack;
    this.folder = folder;
    this.input = input;
  }

  /** One in a folder of its own, for which the first three days have arrived. */
  static QuakesRun in(Path folder, Stack stack) throws IOException {
    QuakesRun run = new QuakesRun(stack, folder, Files.createDirectory(folder.resolve("in")));
    run.arrive("2018-01-31", "2018-02-01", "2018-02-02");
    return run;
  }

  /** Of the job, until nothing has come for a while; as JSON. */
  Console untilIdle(String... more) {
    return untilIdle(JOB, List.of(), more);
  }

  /** Of another job, or a pipeline with its options; one of each task is enough here. */
  Console untilIdle(String job, List<String> options, String... more) {
    Stream<String> given = Stream.concat(options.stream(), Stream.of(more));
    return start(
        job, Stream.concat(Stream.of("--until-idle=20s", "--parallelism=1", "--json"), given));
  }

  /** Of the job, file by file, so that it publishes while it goes on; as text. */
  Console forEver(String... more) {
    Stream<String> given =
        Stream.of("--files-per-poll=1", "--outputFormat=ndjson", "--compression=NONE");
    return start(JOB, Stream.concat(given, Stream.of(more)));
  }

  private Console start(String job, Stream<String> options) {
    Stream<String> always =
        Stream.of(
            "run",
            job,
            "--streaming",
            "--runner=FlinkRunner",
            "--flinkMaster=" + stack.flink(),
            "--checkpointingInterval=1000",
            "--input=" + input.resolve("*.ndjson.gz"),
            "--output=" + folder.resolve("out"),
            "--runId=" + id());
    return Console.millrace(Stream.concat(always, options).toArray(String[]::new));
  }

  /** Unique on the cluster, which a class's tests share. */
  String id() {
    return "quakes-" + folder.getFileName();
  }

  /** Until the first partition has been written and a checkpoint of the job knows of it. */
  void awaitProgress() throws IOException {
    Path records = folder.resolve("out/_staging").resolve(id()).resolve("records");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String before = null;
    String now = null;
    while (before == null || before.equals(now)) {
      assertThat("the job gets on", System.nanoTime() < deadline);
      LockSupport.parkNanos(PAUSE.toNanos());
      JsonNode job = listed();
      if (job.path("state").asText().equals("RUNNING")) {
        now = job.path("checkpoint").asText();
        before = before == null && Files.isDirectory(records) ? now : before;
      }
    }
  }

  /** As {@code jobs list} shows it. */
  JsonNode listed() throws IOException {
    Console list = Console.millrace("jobs", "list", stack.state(), "--json");
    for (JsonNode job : list.json().path("jobs")) {
      if (job.path("name").asText().equals(id())) {
        return job;
      }
    }
    throw new AssertionError("The job is not listed: " + list.out());
  }

  /** Until a day is published. */
  void awaitMarker(String date) {
    Path marker = folder.resolve("out/records/dt=%s/_SUCCESS".formatted(date));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(marker)) {
      assertThat("the job gets on", System.nanoTime() < deadline);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** With a savepoint, whose path is returned; it can be stopped once only. */
  String stop() throws IOException {
    Console stopped = Console.millrace("jobs", "stop", id(), stack.state(), "--json");
    assertThat(stopped.err(), stopped.code(), is(0));
    assertThat(listed().path("state").asText(), is("FINISHED"));
    assertThat(
        Console.millrace("jobs", "list", stack.state()).out(), containsString("FINISHED    20"));

    Console again = Console.millrace("jobs", "stop", id(), stack.state());
    assertThat(again.code(), is(2));
    assertThat(again.err(), is("Cannot change job %s: it has ended (FINISHED)\n".formatted(id())));
    return stopped.json().path("savepoint").asText();
  }

  /** Each at once, as far as readers can see. */
  void arrive(String... days) throws IOException {
    for (String day : days) {
      Path hidden = input.resolve("." + day);
      Files.copy(QUAKES.resolve(day + ".ndjson.gz"), hidden);
      Files.move(hidden, input.resolve(day + ".ndjson.gz"));
    }
  }

  /** One quake alone, in a file of its own: one of the last day at another time. */
  void arriveLast(String time) throws IOException {
    Path hidden = input.resolve(".last");
    String quake = lines(input.resolve("2018-02-07.ndjson.gz")).get(0) + "\n";
    try (GZIPOutputStream last = new GZIPOutputStream(Files.newOutputStream(hidden))) {
      last.write(
          quake
              .replaceAll("\"time\":\\d+", "\"time\":" + Instant.parse(time).toEpochMilli())
              .replaceAll("\"id\":\"[^\"]+\"", "\"id\":\"last\"")
              .getBytes(StandardCharsets.UTF_8));
    }
    Files.move(hidden, input.resolve("last.ndjson.gz"));
  }

  /** The quakes of a day as readers find them, on time or late, in order. */
  List<String> published(String date) throws IOException {
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

  /** The quakes of a day that have arrived so far, in order. */
  List<String> arrived(String date) throws IOException {
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

  /** How many have arrived. */
  long records() throws IOException {
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
