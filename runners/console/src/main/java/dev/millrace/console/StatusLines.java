package dev.millrace.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.launch.ClusterJob;
import dev.millrace.launch.JobStatus;
import dev.millrace.launch.JobStatus.Checkpoint;
import dev.millrace.launch.JobStatus.Records;
import dev.millrace.operate.Quantities;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code status} prints of jobs, for people or as JSON. */
final class StatusLines {
  private static final String LINE = "  %-14s%s";

  private final String cluster;

  StatusLines(String cluster) {
    this.cluster = cluster;
  }

  List<String> of(List<JobStatus> jobs) {
    return jobs.isEmpty()
        ? List.of("No job goes on at " + cluster)
        : jobs.stream().flatMap(job -> lines(job).stream()).toList();
  }

  private static List<String> lines(JobStatus status) {
    ClusterJob job = status.job();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s  %s since %s (job %s)".formatted(job.name(), job.state(), status.since(), job.id()));
    if (status.records().read().isPresent()) {
      lines.add(LINE.formatted("records", records(status.records())));
    }
    if (!status.lag().isEmpty()) {
      lines.add(LINE.formatted("consumer lag", lag(status.lag())));
    }
    status
        .watermark()
        .ifPresent(time -> lines.add(LINE.formatted("watermark", watermark(time, status))));
    lines.add(LINE.formatted("checkpoints", checkpoints(status)));
    lines.add(LINE.formatted("restarts", Quantities.count(status.restarts())));
    if (!job.failure().isEmpty()) {
      lines.add(LINE.formatted("last failure", job.failure()));
    }
    return lines;
  }

  private static String records(Records records) {
    StringBuilder text = new StringBuilder(Quantities.count(records.read().orElse(0)) + " read");
    String separator = ": ";
    for (Map.Entry<String, Long> outcome : records.outcomes().entrySet()) {
      text.append(separator).append(Quantities.count(outcome.getValue())).append(' ');
      text.append(outcome.getKey());
      separator = ", ";
      if (outcome.getKey().equals("rejected")) {
        text.append(" (").append(reasons(records.rejected())).append(')');
      }
    }
    return text.toString();
  }

  private static String reasons(Map<String, Long> rejected) {
    return rejected.entrySet().stream()
        .map(reason -> Quantities.count(reason.getValue()) + " " + reason.getKey())
        .collect(Collectors.joining(", "));
  }

  private static String lag(Map<String, Long> lag) {
    long all = lag.values().stream().mapToLong(Long::longValue).sum();
    String behind =
        lag.entrySet().stream()
            .filter(partition -> partition.getValue() > 0)
            .map(partition -> partition.getKey() + ": " + Quantities.count(partition.getValue()))
            .collect(Collectors.joining(", "));
    return Quantities.count(all, "message") + (behind.isEmpty() ? "" : " (" + behind + ")");
  }

  private static String watermark(Instant watermark, JobStatus status) {
    Duration behind = Duration.between(watermark, status.seenAt());
    return "%s, %s behind".formatted(watermark, Quantities.duration(behind));
  }

  private static String checkpoints(JobStatus status) {
    String counts =
        "%s completed, %s failed"
            .formatted(
                Quantities.count(status.checkpoints().completed()),
                Quantities.count(status.checkpoints().failed()));
    return status
        .checkpoints()
        .last()
        .map(
            last ->
                "%s; the last %s ago, %s in %s"
                    .formatted(
                        counts,
                        Quantities.duration(age(last, status)),
                        Quantities.bytes(last.bytes()),
                        Quantities.duration(Duration.ofMillis(last.millis()))))
        .orElse(counts);
  }

  private static Duration age(Checkpoint checkpoint, JobStatus status) {
    return Duration.between(checkpoint.completedAt(), status.seenAt());
  }

  List<String> json(List<JobStatus> jobs) {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("cluster", cluster);
    root.putArray("jobs").addAll(jobs.stream().map(StatusLines::json).toList());
    return List.of(root.toPrettyString());
  }

  private static ObjectNode json(JobStatus status) {
    ClusterJob job = status.job();
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", job.id())
            .put("name", job.name())
            .put("state", job.state())
            .put("since", status.since().toString())
            .put("startedAt", job.startedAt().toString())
            .put("seenAt", status.seenAt().toString());
    ObjectNode records = node.putObject("records");
    status.records().read().ifPresent(read -> records.put("read", read));
    status.records().outcomes().forEach(records::put);
    status.records().rejected().forEach(node.putObject("rejected")::put);
    status.lag().forEach(node.putObject("consumerLag")::put);
    status.watermark().ifPresent(watermark -> putWatermark(node, watermark, status));
    putCheckpoints(node, status);
    return node.put("restarts", status.restarts()).put("failure", job.failure());
  }

  private static void putWatermark(ObjectNode node, Instant watermark, JobStatus status) {
    node.put("watermark", watermark.toString())
        .put("watermarkLagSeconds", seconds(Duration.between(watermark, status.seenAt())));
  }

  private static void putCheckpoints(ObjectNode node, JobStatus status) {
    ObjectNode checkpoints =
        node.putObject("checkpoints")
            .put("completed", status.checkpoints().completed())
            .put("failed", status.checkpoints().failed())
            .put("path", status.job().checkpoint());
    status
        .checkpoints()
        .last()
        .ifPresent(
            last ->
                checkpoints
                    .put("ageSeconds", seconds(age(last, status)))
                    .put("bytes", last.bytes())
                    .put("durationSeconds", last.millis() / 1000.0));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
