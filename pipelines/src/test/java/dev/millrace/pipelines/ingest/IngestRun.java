package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Runs {@code ingest} on the DirectRunner, with all of its checks, into a staging folder. */
final class IngestRun {
  private static final String WORKER = "direct-runner-worker";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private IngestRun() {}

  static StagedOutput to(Path staging, String... options) {
    build(staging, options).run().waitUntilFinish();
    return new StagedOutput(staging);
  }

  /** Cancels a run and waits for its workers, which the runner doesn't: they may be writing. */
  static void cancel(PipelineResult run) throws IOException, InterruptedException {
    run.cancel();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith(WORKER)) {
        thread.join(PATIENCE.toMillis());
        assertThat(thread + " has ended", !thread.isAlive());
      }
    }
  }

  static Pipeline build(Path staging, String... options) {
    List<String> args = new ArrayList<>(List.of(options));
    args.add("--staging=" + staging);
    if (args.stream().noneMatch(option -> option.startsWith("--targetParallelism="))) {
      args.add("--targetParallelism=2"); // the fewer bundles, the sooner it is done
    }
    IngestOptions ingest =
        PipelineOptionsFactory.fromArgs(args.toArray(String[]::new))
            .withValidation()
            .as(IngestOptions.class);
    Pipeline pipeline = Pipeline.create(ingest);
    new Ingest().build(pipeline, ingest);
    return pipeline;
  }
}
