package dev.millrace.pipelines.ingest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Runs {@code ingest} on the DirectRunner, with all of its checks, into a staging folder. */
final class IngestRun {
  private IngestRun() {}

  static StagedOutput to(Path staging, String... options) {
    build(staging, options).run().waitUntilFinish();
    return new StagedOutput(staging);
  }

  static Pipeline build(Path staging, String... options) {
    List<String> args = new ArrayList<>(List.of(options));
    args.add("--staging=" + staging);
    IngestOptions ingest =
        PipelineOptionsFactory.fromArgs(args.toArray(String[]::new))
            .withValidation()
            .as(IngestOptions.class);
    Pipeline pipeline = Pipeline.create(ingest);
    new Ingest().build(pipeline, ingest);
    return pipeline;
  }
}
