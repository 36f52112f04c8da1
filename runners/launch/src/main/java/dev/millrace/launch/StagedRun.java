package dev.millrace.launch;

import dev.millrace.pipelines.CheckedContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A run that has written its staging folder and waits for its audit. Nothing of it is published,
 * unless it {@linkplain #goesOn went on} and was stopped.
 *
 * @param pipeline the name of the pipeline
 * @param pipelineVersion the version of its logic
 * @param contract what its records were checked against
 * @param runner the runner that it ran on
 * @param runId the run's name, unique in the output folder
 * @param startedAt when it was launched
 * @param elapsed how long it took
 * @param staging the folder that it has written
 * @param output the folder to publish to
 * @param quarantine the folder that rejected records go to
 * @param options every option that was set, by name
 */
public record StagedRun(
    String pipeline,
    String pipelineVersion,
    CheckedContract contract,
    String runner,
    String runId,
    Instant startedAt,
    Duration elapsed,
    Path staging,
    Path output,
    Path quarantine,
    Map<String, String> options) {

  /** The folder in the output with the commits of runs that publish while they go on. */
  static final String COMMITS_FOLDER = "_runs";

  /** The folder that lists what it published while it went on. */
  public Path commits() {
    return output.resolve(COMMITS_FOLDER).resolve(runId);
  }

  /** Whether it was to go on until it is stopped, and published what was complete by itself. */
  public boolean goesOn() {
    return Boolean.parseBoolean(options.get("streaming")) && !options.containsKey("untilIdle");
  }
}
