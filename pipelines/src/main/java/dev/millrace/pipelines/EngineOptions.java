package dev.millrace.pipelines;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Hidden;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What a pipeline is told of the engine that it will run on, which it knows nothing else of. Set by
 * the launcher.
 */
public interface EngineOptions extends PipelineOptions {

  @Hidden
  @Description(
      "Whether a step that asks for it gets its input only when a checkpoint has it, so that what"
          + " comes again after a failure is the same. Set by the launcher.")
  boolean isStableInput();

  void setStableInput(boolean stable);
}
