package dev.millrace.flink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.flink.metrics.Family;
import dev.millrace.flink.metrics.Series;
import dev.millrace.launch.ClusterJob;
import dev.millrace.launch.JobStatus;
import dev.millrace.launch.JobStatus.Checkpoint;
import dev.millrace.launch.JobStatus.Checkpoints;
import dev.millrace.launch.JobStatus.Records;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the status of a job from what the JobManager says of it. */
final class JobLook {
  private static final int MILLIS = 1000;

  private final ClusterRest rest;
  private final JobMetrics metrics;

  JobLook(ClusterRest rest, JobMetrics metrics) {
    this.rest = rest;
    this.metrics = metrics;
  }

  JobStatus at(ClusterJob job) throws IOException {
    String path = "/jobs/%s".formatted(job.id());
    JsonNode details = rest.get(path);
    Instant now = Instant.ofEpochMilli(details.path("now").asLong());
    long since = details.path("timestamps").path(job.state()).asLong();
    SortedMap<Series, Double> values = metrics.read(details, now).values();
    return new JobStatus(
        job,
        since == 0 ? job.startedAt() : Instant.ofEpochMilli(since),
        now,
        records(values),
        lag(values),
        watermark(values, now),
        checkpoints(rest.checkpoints(job.id(), job.state())),
        restarts(path));
  }

  private static Records records(SortedMap<Series, Double> values) {
    OptionalLong read = OptionalLong.empty();
    SortedMap<String, Long> outcomes = new TreeMap<>();
    SortedMap<String, Long> rejected = new TreeMap<>();
    for (Map.Entry<Series, Double> entry : values.entrySet()) {
      Series series = entry.getKey();
      long value = entry.getValue().longValue();
      if (series.family() == Family.RECORDS_READ) {
        read = OptionalLong.of(value);
      } else if (series.family() == Family.RECORDS) {
        outcomes.merge(series.labels().get("outcome"), value, Long::sum);
        if (series.labels().containsKey("reason")) {
          rejected.put(series.labels().get("reason"), value);
        }
      }
    }
    return new Records(read, outcomes, rejected);
  }

  private static SortedMap<String, Long> lag(SortedMap<Series, Double> values) {
    SortedMap<String, Long> lag = new TreeMap<>();
    values.forEach(
        (series, value) -> {
          if (series.family() == Family.CONSUMER_LAG) {
            String partition =
                "%s/%s".formatted(series.labels().get("topic"), series.labels().get("partition"));
            lag.put(partition, value.longValue());
          }
        });
    return lag;
  }

  private static Optional<Instant> watermark(SortedMap<Series, Double> values, Instant now) {
    return values.entrySet().stream()
        .filter(entry -> entry.getKey().family() == Family.WATERMARK_LAG)
        .map(entry -> now.minusMillis(Math.round(entry.getValue() * MILLIS)))
        .findFirst();
  }

  private static Checkpoints checkpoints(JsonNode answer) {
    JsonNode last = answer.path("latest").path("completed");
    return new Checkpoints(
        answer.path("counts").path("completed").asLong(),
        answer.path("counts").path("failed").asLong(),
        last.isObject()
            ? Optional.of(
                new Checkpoint(
                    Instant.ofEpochMilli(last.path("latest_ack_timestamp").asLong()),
                    last.path("checkpointed_size").asLong(),
                    last.path("end_to_end_duration").asLong()))
            : Optional.empty());
  }

  private long restarts(String path) throws IOException {
    return rest.get(path + "/metrics?get=numRestarts").path(0).path("value").asLong();
  }
}
