package dev.millrace.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.launch.Cluster;
import dev.millrace.launch.ClusterJob;
import dev.millrace.launch.JobStatus;
import dev.millrace.launch.RunFailedException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** The jobs of a Flink cluster, through its REST endpoint. */
final class FlinkJobs implements Cluster {
  private static final Set<String> UNDER_WAY = Set.of("RUNNING", "FINISHED");
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);
  private static final long PAUSE_NANOS = 200_000_000;

  private final ClusterRest rest;

  FlinkJobs(ClusterRest rest) {
    this.rest = rest;
  }

  @Override
  public String address() {
    return rest.address().toString();
  }

  @Override
  public List<ClusterJob> jobs() {
    return call(
        "list the jobs",
        () -> {
          List<ClusterJob> jobs = new ArrayList<>();
          for (JsonNode job : rest.get("/jobs/overview").path("jobs")) {
            jobs.add(job(job));
          }
          jobs.sort(Comparator.comparing(ClusterJob::startedAt).reversed());
          return jobs;
        });
  }

  private ClusterJob job(JsonNode overview) throws IOException {
    String id = overview.path("jid").asText();
    String state = overview.path("state").asText();
    JsonNode checkpoints = rest.checkpoints(id, state).path("latest");
    JsonNode failures = rest.get("/jobs/%s/exceptions".formatted(id)).path("exceptionHistory");
    return new ClusterJob(
        id,
        overview.path("name").asText(),
        state,
        Instant.ofEpochMilli(overview.path("start-time").asLong()),
        latest(checkpoints),
        RootCause.of(failures.path("entries").path(0).path("stacktrace").asText()));
  }

  /** Of the last checkpoint and the last savepoint, where the later one is. */
  private static String latest(JsonNode checkpoints) {
    JsonNode checkpoint = checkpoints.path("completed");
    JsonNode savepoint = checkpoints.path("savepoint");
    JsonNode later =
        savepoint.path("id").asLong() > checkpoint.path("id").asLong() ? savepoint : checkpoint;
    return later.path("external_path").asText();
  }

  @Override
  public ClusterJob job(String idOrName) {
    return jobs().stream()
        .filter(job -> job.id().equals(idOrName) || job.name().equals(idOrName))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot find job %s: Flink at %s has none of that id or name"
                        .formatted(idOrName, address())));
  }

  @Override
  public List<JobStatus> status(List<ClusterJob> jobs) {
    return call(
        "look at the jobs",
        () -> {
          JobMetrics metrics = new JobMetrics(rest);
          metrics.refresh();
          List<JobStatus> all = new ArrayList<>();
          for (ClusterJob job : jobs) {
            all.add(new JobLook(rest, metrics).at(job));
          }
          return all;
        });
  }

  @Override
  public String stop(String idOrName) {
    ClusterJob job = running(idOrName);
    String savepoint = triggered("stop", job, "/jobs/%s/stop".formatted(job.id()));
    awaitEnd("stop", job);
    return savepoint;
  }

  @Override
  public String savepoint(String idOrName) {
    ClusterJob job = running(idOrName);
    return triggered("take a savepoint of", job, "/jobs/%s/savepoints".formatted(job.id()));
  }

  @Override
  public String cancel(String idOrName) {
    ClusterJob job = running(idOrName);
    call(
        "cancel " + job.name(),
        () -> {
          rest.patch("/jobs/%s?mode=cancel".formatted(job.id()));
          return null;
        });
    awaitEnd("cancel", job);
    return call("find the last checkpoint of " + job.name(), () -> lastCheckpoint(job));
  }

  /**
   * Of a job that has ended. Flink answers from what it knew up to a refresh interval ago, and that
   * may be a checkpoint which the last one has replaced and deleted.
   */
  private String lastCheckpoint(ClusterJob ended) throws IOException {
    long stale = rest.get("/config").path("refresh-interval").asLong();
    LockSupport.parkNanos(Duration.ofMillis(stale).toNanos());
    return job(ended.id()).checkpoint();
  }

  private ClusterJob running(String idOrName) {
    ClusterJob job = job(idOrName);
    if (job.hasEnded()) {
      throw new IllegalArgumentException(
          "Cannot change job %s: it has ended (%s)".formatted(idOrName, job.state()));
    }
    return job;
  }

  /** Asks for a savepoint, waits until it is complete or has failed, and returns where it is. */
  private String triggered(String verb, ClusterJob job, String path) {
    return call(
        verb + " " + job.name(),
        () -> {
          awaitStart(job);
          JsonNode nothing = JsonNodeFactory.instance.objectNode();
          String request = rest.post(path, nothing).path("request-id").asText();
          String progress = "/jobs/%s/savepoints/%s".formatted(job.id(), request);
          JsonNode answer = rest.get(progress);
          while (!answer.path("status").path("id").asText().equals("COMPLETED")) {
            LockSupport.parkNanos(PAUSE_NANOS);
            answer = rest.get(progress);
          }
          JsonNode operation = answer.path("operation");
          if (operation.has("failure-cause")) {
            throw new IOException(
                RootCause.of(operation.path("failure-cause").path("stack-trace").asText()));
          }
          return operation.path("location").asText();
        });
  }

  private void awaitEnd(String verb, ClusterJob job) {
    call(
        verb + " " + job.name(),
        () -> {
          String path = "/jobs/%s".formatted(job.id());
          while (!ClusterJob.hasEnded(rest.get(path).path("state").asText())) {
            LockSupport.parkNanos(PAUSE_NANOS);
          }
          return null;
        });
  }

  /** Until all tasks are under way: before that, Flink takes no savepoint. */
  private void awaitStart(ClusterJob job) throws IOException {
    String path = "/jobs/%s".formatted(job.id());
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    for (JsonNode now = rest.get(path); !isUnderWay(now); now = rest.get(path)) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "not all of its tasks run after %d s".formatted(START_PATIENCE.toSeconds()));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Whether all its tasks run, or did; or if it has ended, which is not to be waited for. */
  private static boolean isUnderWay(JsonNode job) {
    if (ClusterJob.hasEnded(job.path("state").asText())) {
      return true;
    }
    for (JsonNode vertex : job.path("vertices")) {
      if (!UNDER_WAY.contains(vertex.path("status").asText())) {
        return false;
      }
    }
    return job.path("state").asText().equals("RUNNING");
  }

  private interface Call<T> {
    T make() throws IOException;
  }

  private <T> T call(String task, Call<T> call) {
    try {
      rest.address().checkReachable();
    } catch (IOException e) {
      throw new RunFailedException(e.getMessage(), e);
    }
    try {
      return call.make();
    } catch (IOException e) {
      throw new RunFailedException("Cannot %s: %s".formatted(task, e.getMessage()), e);
    }
  }
}
