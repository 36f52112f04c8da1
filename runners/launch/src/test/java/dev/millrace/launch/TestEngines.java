package dev.millrace.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;

/** The engines of this module's tests: one that runs, and one that only has a name. */
public final class TestEngines {
  private TestEngines() {}

  /** The DirectRunner, with a profile to be overridden. */
  public static final class Direct implements Engine {
    @Override
    public String runner() {
      return "DirectRunner";
    }

    @Override
    public Map<String, String> profile(Mode mode, JobSpec job) {
      return Map.of(
          "targetParallelism",
          "2",
          "blockOnRun",
          mode == Mode.BOUNDED ? "true" : "false",
          "window",
          job.option("from").isPresent() ? "1h" : "1d");
    }

    @Override
    public void prepare(PipelineOptions options, Path scratch) throws IOException {
      Files.writeString(scratch.resolve("conf"), "here");
      options.as(WriteGreetings.Options.class).setScratch(scratch.toString());
    }

    @Override
    public boolean keepsInputStable(PipelineOptions options) {
      return options.as(WriteGreetings.Options.class).getTimes() == 1;
    }
  }

  /** An engine that nothing runs on. */
  public static final class Other implements Engine {
    @Override
    public String runner() {
      return "OtherRunner";
    }

    @Override
    public Map<String, String> profile(Mode mode, JobSpec job) {
      return Map.of();
    }
  }
}
