package dev.millrace.launch;

import dev.millrace.pipelines.Preview;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a run would be if it were launched.
 *
 * @param pipeline the name of the pipeline
 * @param pipelineVersion the version of its logic
 * @param runner the runner that it would run on
 * @param runId the name that it would have now
 * @param staging the folder that it would write
 * @param output the folder that it would publish to
 * @param options every option that is set, by name
 * @param pipelineOptions of these, the pipeline's own: what can make a difference to what it writes
 * @param input what it would read and check; empty if the pipeline doesn't say
 */
public record RunPreview(
    String pipeline,
    String pipelineVersion,
    String runner,
    String runId,
    Path staging,
    Path output,
    Map<String, String> options,
    SortedMap<String, String> pipelineOptions,
    Optional<Preview> input) {}
