package dev.millrace.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.millrace.io.Manifest;
import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Mode;
import dev.millrace.pipelines.ingest.Ingest;
import dev.millrace.pipelines.ingest.IngestOptions;
import dev.millrace.record.Disposition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that goes on, with checkpoints, on Flink in this process: flights are told apart by their
 * distance, and each must be published once.
 */
class CommitsOnFlinkTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String RUN = "flights-run";
  private static final int FLIGHTS_A_DAY = 480;
  private static final Pattern DISTANCE = Pattern.compile("\"distance\":(\\d+)");

  @TempDir Path folder;
  private Path input;
  private Path output;

  @BeforeEach
  void makeFolders() throws IOException {
    input = Files.createDirectory(folder.resolve("in"));
    output = Files.createDirectory(folder.resolve("out"));
  }

  @Test
  void publishesEachRecordOnceWhileItGoesOn() throws IOException {
    for (int day = 1; day <= 4; day++) {
      arrive(day, flights(day));
    }
    PipelineResult run = start();
    try {
      await(() -> Files.exists(output.resolve("records/dt=2001-01-03/_SUCCESS")));
      assertThat(published("records", 1, 2, 3), is(distancesOfDays(1, 3)));

      arrive(5, flight(1, 0, 9_999) + flights(5));
      arrive(6, flights(6));
      await(() -> Files.exists(output.resolve("late/dt=2001-01-01/_SUCCESS")));
      await(() -> Files.exists(output.resolve("records/dt=2001-01-05/_SUCCESS")));
      assertThat(published("late", 1), is(List.of(9_999L)));
      assertThat(published("records", 1, 2, 3, 4, 5), is(distancesOfDays(1, 5)));
    } finally {
      run.cancel();
    }
  }

  @Test
  void goesOnFromItsCheckpointsWhenTheDiskWorksAgain() throws IOException {
    for (int day = 1; day <= 4; day++) {
      arrive(day, flights(day) + "{\n");
    }
    Path inTheWay = Files.writeString(output.resolve("records"), "in the way");
    PipelineResult run = start();
    try {
      Path commits = output.resolve("_runs").resolve(RUN);
      await(() -> Files.exists(output.resolve("quarantine")));
      List<Path> before = list(commits);
      await(() -> Files.exists(output.resolve("aggregates/dt=2001-01-01"))); // before records
      Files.delete(inTheWay);
      await(() -> Files.exists(output.resolve("records/dt=2001-01-03/_SUCCESS")));
      assertThat(published("records", 1, 2, 3), is(distancesOfDays(1, 3)));
      assertThat(list(commits).containsAll(before), is(true));
      await(() -> count(Disposition.READ) >= 3 * (FLIGHTS_A_DAY + 1));
    } finally {
      run.cancel();
    }
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

  private PipelineResult start() throws IOException {
    Map<String, String> options =
        new HashMap<>(new FlinkEngine().profile(Mode.UNBOUNDED, JobSpec.of("ingest")));
    options.put("runner", "FlinkRunner");
    options.put("streaming", "true");
    options.put("attachedMode", "false");
    options.put("checkpointingInterval", "200");
    options.put("numberOfExecutionRetries", "1000");
    options.put("executionRetryDelay", "100");
    options.put("input", input + "/*.ndjson");
    options.put("contract", "../../testdata/flights/flights.odcs.yaml");
    options.put("output", output.toString());
    options.put("staging", output.resolve("_staging").resolve(RUN).toString());
    options.put("runId", RUN);
    options.put("aggregate", "count");
    options.put("outputFormat", "ndjson");
    options.put("compression", "NONE");
    options.put("filesPerPoll", "1");
    options.put("pollInterval", "500ms"); // with checkpoints between files
    IngestOptions parsed =
        PipelineOptionsFactory.fromArgs(
                options.entrySet().stream()
                    .map(option -> "--" + option.getKey() + "=" + option.getValue())
                    .toArray(String[]::new))
            .as(IngestOptions.class);
    new FlinkEngine().prepare(parsed, folder);
    Pipeline pipeline = Pipeline.create(parsed);
    new Ingest().build(pipeline, parsed);
    return pipeline.run();
  }

  /** The distances in the files of some days, in order. */
  private List<Long> published(String table, int... days) throws IOException {
    List<Long> distances = new ArrayList<>();
    for (int day : days) {
      Path partition = output.resolve("%s/dt=2001-01-%02d".formatted(table, day));
      for (Path file : list(partition)) {
        Matcher matcher = DISTANCE.matcher(Files.readString(file));
        while (matcher.find()) {
          distances.add(Long.valueOf(matcher.group(1)));
        }
      }
    }
    return distances.stream().sorted().toList();
  }

  private static List<Long> distancesOfDays(int first, int last) {
    return LongStream.range((long) first * FLIGHTS_A_DAY, (last + 1L) * FLIGHTS_A_DAY)
        .boxed()
        .toList();
  }

  private long count(Disposition disposition) throws IOException {
    return list(output.resolve("_runs").resolve(RUN)).stream()
        .mapToLong(commit -> Manifest.read(commit).count(disposition))
        .sum();
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
    }
  }

  private static String flights(int day) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < FLIGHTS_A_DAY; i++) {
      lines.append(flight(day, 3 * i, (long) day * FLIGHTS_A_DAY + i));
    }
    return lines.toString();
  }

  private static String flight(int day, int minute, long distance) {
    return String.format(
        Locale.ROOT,
        """
        {"date":"2001-01-%02dT%02d:%02d:00Z","delay":1,"distance":%d,"origin":"SFO","destination":"LAX"}
        """,
        day,
        minute / 60,
        minute % 60,
        distance);
  }

  private void arrive(int day, String text) throws IOException {
    Path hidden = Files.writeString(input.resolve("." + day), text);
    Files.setLastModifiedTime(hidden, FileTime.fromMillis(100_000L * day));
    Files.move(hidden, input.resolve(day + ".ndjson"));
  }
}
