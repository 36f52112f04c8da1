package dev.millrace.launch;

import dev.millrace.pipelines.CheckedContract;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a job publishes to, and what it promises of that, whether or not it could be run now.
 *
 * @param output the folder that it publishes to
 * @param contract its contract, with the partitions of the interval that it is asked for; empty if
 *     the pipeline doesn't run over intervals
 */
public record JobTarget(Path output, Optional<CheckedContract> contract) {}
