package dev.millrace.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Launcher;
import dev.millrace.launch.RunFailedException;
import dev.millrace.launch.StagedRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Whole runs on Flink in this process. */
@Isolated("reads what the process writes to its error stream")
class EmbeddedRunTest {
  @TempDir Path output;

  @Test
  void runsAPipelineWithAShuffle() throws IOException {
    StagedRun run = run("--numbers=1000");
    assertThat(run.runner(), is("FlinkRunner"));
    assertThat(run.staging().toFile().list(), arrayWithSize(10));
    assertThat(Files.readString(run.staging().resolve("bucket-7")), is("100"));
  }

  /** Beam complains only once in a process: of whichever run is the first. */
  @Test
  void doesNotComplainOfCountersThatNobodyKeeps() {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      run("--numbers=10");
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8), not(containsString("metrics")));
  }

  @Test
  void saysWhatBrokeARunInOneLine() throws IOException {
    RunFailedException failure =
        assertThrows(RunFailedException.class, () -> run("--numbers=20", "--buckets=11"));
    assertThat(failure.getMessage(), is("Cannot write bucket 10: it has no bottom"));
    assertThat(
        Files.readString(failure.log().orElseThrow()), containsString("JobExecutionException"));
  }

  @Test
  void saysThatAClusterIsNotThere() {
    RunFailedException failure =
        assertThrows(RunFailedException.class, () -> run("--flinkMaster=127.0.0.1:1"));
    assertThat(failure.getMessage(), is("Cannot reach Flink at 127.0.0.1:1: Connection refused"));
  }

  private StagedRun run(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--runner=FlinkRunner", "--output=" + output));
    return Launcher.create(Clock.systemUTC()).run(JobSpec.of("count-buckets").withArguments(all));
  }
}
