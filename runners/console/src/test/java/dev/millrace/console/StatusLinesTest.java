package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.launch.ClusterJob;
import dev.millrace.launch.JobStatus;
import dev.millrace.launch.JobStatus.Checkpoint;
import dev.millrace.launch.JobStatus.Checkpoints;
import dev.millrace.launch.JobStatus.Records;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StatusLinesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");

  private final StatusLines lines = new StatusLines("10.0.0.1:8081");

  @Test
  void tellsAllThatIsKnownOfARun() {
    assertThat(
        lines.of(List.of(run())),
        contains(
            "quakes  RESTARTING since 2026-11-24T05:59:00Z (job 7f)",
            "  records       1,200 read: 3 duplicate, 1,190 published, 7 rejected (2 malformed, 5"
                + " wrong_type)",
            "  consumer lag  12 messages (quakes/1: 12)",
            "  watermark     2026-11-24T05:55:00Z, 5 min 0 s behind",
            "  checkpoints   30 completed, 2 failed; the last 4.5 s ago, 1.5 KiB in 0.2 s",
            "  restarts      4",
            "  last failure  Cannot write bucket 10: it has no bottom"));
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    assertThat(
        lines.of(List.of(other())),
        contains(
            "other  RUNNING since 2026-11-24T06:00:00Z (job 8a)",
            "  checkpoints   0 completed, 0 failed",
            "  restarts      0"));
  }

  @Test
  void saysThatNothingGoesOn() {
    assertThat(lines.of(List.of()), contains("No job goes on at 10.0.0.1:8081"));
  }

  @Test
  void writesTheSameAsJson() throws IOException {
    assertThat(
        new ObjectMapper().readTree(String.join("\n", lines.json(List.of(run(), other())))),
        is(
            new ObjectMapper()
                .readTree(
                    """
                    {"cluster": "10.0.0.1:8081", "jobs": [
                      {"id": "7f", "name": "quakes", "state": "RESTARTING",
                       "since": "2026-11-24T05:59:00Z", "startedAt": "2026-11-24T05:00:00Z",
                       "seenAt": "2026-11-24T06:00:00Z",
                       "records": {"read": 1200, "duplicate": 3, "published": 1190, "rejected": 7},
                       "rejected": {"malformed": 2, "wrong_type": 5},
                       "consumerLag": {"quakes/0": 0, "quakes/1": 12},
                       "watermark": "2026-11-24T05:55:00Z", "watermarkLagSeconds": 300.0,
                       "checkpoints": {"completed": 30, "failed": 2, "path": "file:/chk-30",
                         "ageSeconds": 4.5, "bytes": 1536, "durationSeconds": 0.2},
                       "restarts": 4, "failure": "Cannot write bucket 10: it has no bottom"},
                      {"id": "8a", "name": "other", "state": "RUNNING",
                       "since": "2026-11-24T06:00:00Z", "startedAt": "2026-11-24T06:00:00Z",
                       "seenAt": "2026-11-24T06:00:00Z", "records": {}, "rejected": {},
                       "consumerLag": {}, "checkpoints": {"completed": 0, "failed": 0, "path": ""},
                       "restarts": 0, "failure": ""}]}
                    """)));
  }

  private static JobStatus run() {
    return new JobStatus(
        new ClusterJob(
            "7f",
            "quakes",
            "RESTARTING",
            Instant.parse("2026-11-24T05:00:00Z"),
            "file:/chk-30",
            "Cannot write bucket 10: it has no bottom"),
        NOW.minusSeconds(60),
        NOW,
        new Records(
            OptionalLong.of(1_200),
            new TreeMap<>(Map.of("published", 1_190L, "duplicate", 3L, "rejected", 7L)),
            new TreeMap<>(Map.of("wrong_type", 5L, "malformed", 2L))),
        new TreeMap<>(Map.of("quakes/0", 0L, "quakes/1", 12L)),
        Optional.of(NOW.minusSeconds(300)),
        new Checkpoints(30, 2, Optional.of(new Checkpoint(NOW.minusMillis(4_500), 1_536, 200))),
        4);
  }

  private static JobStatus other() {
    return new JobStatus(
        new ClusterJob("8a", "other", "RUNNING", NOW, "", ""),
        NOW,
        NOW,
        new Records(OptionalLong.empty(), new TreeMap<>(), new TreeMap<>()),
        new TreeMap<>(),
        Optional.empty(),
        new Checkpoints(0, 0, Optional.empty()),
        0);
  }
}
