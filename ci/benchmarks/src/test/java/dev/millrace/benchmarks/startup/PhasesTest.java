package dev.millrace.benchmarks.startup;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhasesTest {
  private static final JvmCounters COUNTERS =
      new JvmCounters(at("00:00.100"), at("00:00.300"), 10, 5, 0.25);

  @Test
  void splitsARunOnFlinkByWhatItLogs() {
    RunLog log =
        new RunLog(
            List.of(
                "2026-11-29T12:00:02.000Z INFO Launcher - Building run-1: ingest on FlinkRunner",
                "2026-11-29T12:00:02.500Z INFO Launcher - Built run-1",
                "2026-11-29T12:00:03.000Z INFO MiniCluster - Starting Flink Mini Cluster",
                "2026-11-29T12:00:04.000Z INFO MiniCluster - Flink Mini Cluster started successfully",
                "2026-11-29T12:00:07.000Z INFO MiniCluster - Shutting down Flink Mini Cluster",
                "2026-11-29T12:00:07.125Z INFO Launcher - Ended run-1: DONE",
                "ingest on FlinkRunner, run run-1"));

    assertThat(phases(log), is(new Phases(0.1, 0.2, 1.7, 0.5, 1.625, 3, 0.875)));
  }

  @Test
  void takesAllOfARunWithoutAClusterForWork() {
    RunLog log =
        new RunLog(
            List.of(
                "2026-11-29T12:00:02.000Z INFO Launcher - Building run-1: ingest on DirectRunner",
                "2026-11-29T12:00:02.500Z INFO Launcher - Built run-1",
                "2026-11-29T12:00:07.000Z INFO Launcher - Ended run-1: DONE"));

    assertThat(phases(log), is(new Phases(0.1, 0.2, 1.7, 0.5, 0, 4.5, 1)));
  }

  @Test
  void takesAllOfHelpForTheCommandLine() {
    RunLog log = new RunLog(List.of("Usage: millrace [-hV] VERB", " - Building is a word in it"));

    assertThat(phases(log), is(new Phases(0.1, 0.2, 7.7, 0, 0, 0, 0)));
  }

  private static Phases phases(RunLog log) {
    return Phases.of(at("00:00.000"), at("00:08.000"), COUNTERS, log);
  }

  private static Instant at(String time) {
    return Instant.parse("2026-11-29T12:" + time + "Z");
  }
}
