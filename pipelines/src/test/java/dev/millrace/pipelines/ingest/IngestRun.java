package dev.millrace.pipelines.ingest;

import dev.millrace.testing.DirectWorkers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Runs {@code ingest} on the DirectRunner, into a staging folder. Most runs are without the
 * runner's checks of every element, which are those of the goldens and of the tests of each
 * transform.
 */
final class IngestRun {
  private IngestRun() {}

  /** With the runner's checks: that no transform changes an element, and that coders work. */
  static StagedOutput checked(Path staging, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--enforceImmutability=true", "--enforceEncodability=true"));
    return to(staging, all.toArray(String[]::new));
  }

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
    addDefault(args, "--targetParallelism=", "1"); // the fewer bundles, the sooner it is done
    addDefault(args, "--enforceImmutability=", "false");
    addDefault(args, "--enforceEncodability=", "false");
    return PipelineOptionsFactory.fromArgs(args.toArray(String[]::new))
        .withValidation()
        .as(IngestOptions.class);
  }

  private static void addDefault(List<String> args, String option, String value) {
    if (args.stream().noneMatch(given -> given.startsWith(option))) {
      args.add(option + value);
    }
  }
}
