package dev.millrace.flink;

import static org.hamcrest.MatcherAssert.assertThat;

import dev.millrace.io.table.Manifest;
import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Mode;
import dev.millrace.pipelines.ingest.Ingest;
import dev.millrace.pipelines.ingest.IngestOptions;
import dev.millrace.record.Disposition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * An ingest of flights that goes on, with the engine's profile, on Flink in this process, and what
 * readers find of it. Flights are told apart by their distance.
 */
final class LiveIngest implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final String RUN = "flights-run";
  private static final Pattern DISTANCE = Pattern.compile("\"distance\":(\\d+)");

  private final Path output;
  private final PipelineResult run;

  private LiveIngest(Path output, PipelineResult run) {
    this.output = output;
    this.run = run;
  }

  /** Starts it, with some more options, in a folder that has room for what it writes. */
  static LiveIngest start(Path folder, Map<String, String> more) throws IOException {
    Path output = folder.resolve("out");
    Map<String, String> options =
        new HashMap<>(new FlinkEngine().profile(Mode.UNBOUNDED, JobSpec.of("ingest")));
    options.put("runner", "FlinkRunner");
    options.put("streaming", "true");
    options.put("attachedMode", "false");
    options.put("checkpointingInterval", "200");
    options.put("numberOfExecutionRetries", "1000");
    options.put("executionRetryDelay", "100");
    options.put("contract", "../../testdata/flights/flights.odcs.yaml");
    options.put("output", output.toString());
    options.put("staging", output.resolve("_staging").resolve(RUN).toString());
    options.put("runId", RUN);
    options.put("outputFormat", "ndjson");
    options.put("compression", "NONE");
    options.putAll(more);
    IngestOptions parsed =
        PipelineOptionsFactory.fromArgs(
                options.entrySet().stream()
                    .map(option -> "--" + option.getKey() + "=" + option.getValue())
                    .toArray(String[]::new))
            .as(IngestOptions.class);
    new FlinkEngine().prepare(parsed, folder);
    Pipeline pipeline = Pipeline.create(parsed);
    new Ingest().build(pipeline, parsed);
    return new LiveIngest(output, pipeline.run());
  }

  /** A flight of a minute of a day of January 2001, as a line. */
  static String flight(int day, int minute, long distance) {
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

  /** What happens to the disk while a run goes on. */
  interface Condition {
    boolean holds() throws IOException;
  }

  static void await(Condition condition) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat("the run gets on", System.nanoTime() < deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /** Whether the table has a day, whole. */
  boolean has(String table, int day) {
    return Files.exists(partition(table, day).resolve("_SUCCESS"));
  }

  private Path partition(String table, int day) {
    return output.resolve(String.format(Locale.ROOT, "%s/dt=2001-01-%02d", table, day));
  }

  /** The distances in the files of some days, in order. */
  List<Long> published(String table, int... days) throws IOException {
    List<Long> distances = new ArrayList<>();
    for (int day : days) {
      for (Path file : list(partition(table, day))) {
        Matcher matcher = DISTANCE.matcher(Files.readString(file));
        while (matcher.find()) {
          distances.add(Long.valueOf(matcher.group(1)));
        }
      }
    }
    return distances.stream().sorted().toList();
  }

  /** The commits that are published. */
  List<Path> commits() throws IOException {
    return list(output.resolve("_runs").resolve(RUN));
  }

  /** How many records have come to this end, in all commits. */
  long count(Disposition disposition) throws IOException {
    return commits().stream().mapToLong(commit -> Manifest.read(commit).count(disposition)).sum();
  }

  static List<Path> list(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
    }
  }

  @Override
  public void close() throws IOException {
    run.cancel();
  }
}
