package dev.millrace.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The run on the cluster, under one name however often its job is submitted. */
final class Job {
  static final String NAME = "chaos";
  private static final Set<String> UNDER_WAY = Set.of("RUNNING", "FINISHED");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Millrace millrace;
  private final Stack stack;
  private final List<String> options;
  private int parallelism;
  private String id;

  /**
   * A run that isn't submitted yet.
   *
   * @param options of {@code millrace run ingest}, but for where it runs
   */
  Job(Millrace millrace, Stack stack, List<String> options, int parallelism) {
    this.millrace = millrace;
    this.stack = stack;
    this.options = options;
    this.parallelism = parallelism;
  }

  void submit(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "run",
                "ingest",
                "--streaming",
                "--no-wait",
                "--runner=FlinkRunner",
                "--flinkMaster=" + stack.flinkMaster(),
                "--bootstrapServers=" + stack.brokers(),
                "--parallelism=" + parallelism,
                "--checkpointingInterval=2000",
                "--runId=" + NAME));
    command.addAll(options);
    command.addAll(List.of(more));
    id = millrace.json(command).path("job").asText();
  }

  /** Goes on from where the last job stopped, with another parallelism. */
  void resume(String savepoint, int newParallelism) throws IOException {
    parallelism = newParallelism;
    submit("--from-savepoint=" + savepoint);
  }

  /** Goes on from the last checkpoint. */
  void resume(Path checkpoint) throws IOException {
    submit("--from-savepoint=" + checkpoint);
  }

  /** Stops it, and returns the savepoint. */
  String stop() throws IOException {
    return stack.call(List.of("jobs", "stop", NAME)).path("savepoint").asText();
  }

  int parallelism() {
    return parallelism;
  }

  /** Until all of its tasks run. */
  void awaitRunning() throws Exception {
    Patience.until("get job %s to run".formatted(id), PATIENCE, this::isRunning);
  }

  private boolean isRunning() throws IOException {
    JsonNode job = stack.rest("/jobs/" + id);
    for (JsonNode vertex : job.path("vertices")) {
      if (!UNDER_WAY.contains(vertex.path("status").asText())) {
        return false;
      }
    }
    return job.path("state").asText().equals("RUNNING");
  }

  /** Until it has made another checkpoint. */
  void awaitCheckpoint() throws Exception {
    long before = checkpoints("completed");
    Patience.until(
        "see a checkpoint of job " + id, PATIENCE, () -> checkpoints("completed") > before);
  }

  /** Until it has failed to make one. */
  void awaitFailedCheckpoint() throws Exception {
    long before = checkpoints("failed");
    Patience.until(
        "see a checkpoint of job %s fail".formatted(id),
        PATIENCE,
        () -> checkpoints("failed") > before);
  }

  private long checkpoints(String kind) throws IOException {
    return stack.rest("/jobs/%s/checkpoints".formatted(id)).path("counts").path(kind).asLong();
  }

  /** The last complete checkpoint: older ones are deleted when there is a later. */
  Path lastCheckpoint() throws IOException {
    try (Stream<Path> files = Files.walk(stack.checkpoints().resolve(id))) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .map(Path::getParent)
          .max(Comparator.comparingInt(Job::number))
          .orElseThrow();
    }
  }

  private static int number(Path checkpoint) {
    return Integer.parseInt(checkpoint.getFileName().toString().replace("chk-", ""));
  }
}
