package dev.millrace.pipelines.ingest;

import dev.millrace.testing.DirectWorkers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Runs {@code ingest} on the DirectRunner, with all of its checks, into a staging folder. */
final class IngestRun {
  private IngestRun() {}

  static StagedOutput to(Path staging, String... options) {
    build(staging, options).run().waitUntilFinish();
    return new StagedOutput(staging);
  }

  /** Cancels a run and waits for its workers, which the runner doesn't: they may be writing. */
  static void cancel(PipelineResult run) throws IOException, InterruptedException {
    run.cancel();
    DirectWorkers.join();
  }

  static Pipeline build(Path staging, String... options) {
    return build(options(staging, options));
  }

  static Pipeline build(IngestOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    new Ingest().build(pipeline, options);
    return pipeline;
  }

  static IngestOptions options(Path staging, String... options) {
    List<String> args = new ArrayList<>(List.of(options));
    args.add("--staging=" + staging);
    if (args.stream().noneMatch(option -> option.startsWith("--targetParallelism="))) {
      args.add("--targetParallelism=1"); // the fewer bundles, the sooner it is done
    }
    return PipelineOptionsFactory.fromArgs(args.toArray(String[]::new))
        .withValidation()
        .as(IngestOptions.class);
  }
}
