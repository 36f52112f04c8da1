package dev.millrace.flink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.flink.metrics.Family;
import dev.millrace.flink.metrics.Readings;
import dev.millrace.flink.metrics.RunMetric;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;

/**
 * What the tasks of a job show, through the JobManager, whatever reporters there are. It has what
 * it fetched from the TaskManagers when it was last asked, and fetches again if that is ten seconds
 * ago: so it is asked for nothing first.
 */
final class JobMetrics {
  /** As long as TaskManagers take to answer the JobManager. */
  private static final long FETCH_NANOS = 1_000_000_000;

  /** So many names as an address has room for. */
  private static final int NAMES = 20;

  private static final String OURS = "millrace_";

  private final ClusterRest rest;

  JobMetrics(ClusterRest rest) {
    this.rest = rest;
  }

  /** Has the JobManager fetch what is new, and waits for that. */
  void refresh() throws IOException {
    rest.get("/jobmanager/metrics");
    LockSupport.parkNanos(FETCH_NANOS);
  }

  /** What the job's tasks show of a run. */
  Readings read(JsonNode job, Instant now) throws IOException {
    Readings readings = new Readings();
    for (JsonNode vertex : job.path("vertices")) {
      String path =
          "/jobs/%s/vertices/%s/subtasks/metrics"
              .formatted(job.path("jid").asText(), vertex.path("id").asText());
      List<String> names = names(path);
      for (int from = 0; from < names.size(); from += NAMES) {
        List<String> some = names.subList(from, Math.min(names.size(), from + NAMES));
        String get = URLEncoder.encode(String.join(",", some), StandardCharsets.UTF_8);
        for (JsonNode metric : rest.get(path + "?get=" + get)) {
          add(readings, job.path("name").asText(), metric, now);
        }
      }
    }
    return readings;
  }

  private List<String> names(String path) throws IOException {
    List<String> names = new ArrayList<>();
    for (JsonNode metric : rest.get(path)) {
      if (metric.path("id").asText().contains(OURS)) {
        names.add(metric.path("id").asText());
      }
    }
    return names;
  }

  private static void add(Readings readings, String run, JsonNode metric, Instant now) {
    RunMetric.of(run, metric.path("id").asText())
        .ifPresent(
            meaning -> {
              Family family = meaning.series().family();
              double number = metric.path(aggregate(family)).asDouble();
              OptionalDouble value = meaning.value(number, now.toEpochMilli());
              value.ifPresent(known -> readings.add(meaning.series(), known));
            });
  }

  /** Of the subtasks of one task, whose numbers Flink makes one. */
  private static String aggregate(Family family) {
    if (family == Family.WATERMARK_LAG) {
      return "min"; // of watermarks, which makes the greatest lag
    }
    return family.type() == Family.Type.GAUGE ? "max" : "sum";
  }
}
