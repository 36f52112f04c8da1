package dev.millrace.pipelines;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A pipeline that can be launched by name: its options, and how it is built. It is found through
 * {@link java.util.ServiceLoader}, so that a jar on the class path can add its own.
 *
 * @param <O> the options that it takes
 */
public interface PipelineDefinition<O extends PipelineOptions> {

  /** The name on the command line and in job files, such as {@code ingest}. */
  String name();

  /** One line that says what it does. */
  String summary();

  /** The version of its behaviour: what it makes of the same input changes only with this. */
  String version();

  /** The options that it takes, on top of Beam's own. */
  Class<O> options();

  /**
   * Builds the pipeline, and checks what can be known before it runs.
   *
   * @return the contract that its records are checked against
   * @throws IllegalArgumentException if an option, the contract or the input is not usable; the
   *     message is one line (or one line an error) that names it and the way out
   */
  CheckedContract build(Pipeline pipeline, O options);

  /**
   * What a bounded run of these options would read and check; empty if this pipeline doesn't run
   * over intervals, and so can't be backfilled. Costs a look at the contract and at names of files.
   *
   * @throws IllegalArgumentException as {@link #build}
   */
  default Optional<Preview> preview(O options) {
    return Optional.empty();
  }

  /**
   * The contract of a bounded run of these options, with the partitions of its interval; empty as
   * for {@link #preview}. It doesn't look at the input, which need not be there.
   *
   * @throws IllegalArgumentException if the contract, or the interval, can't be read
   */
  default Optional<CheckedContract> contract(O options) {
    return Optional.empty();
  }

  /**
   * Writes the input of a run to a folder, as files whose records come in another order, but none
   * of them too late.
   *
   * @param seed the same one gives the same order
   * @throws IllegalArgumentException if this pipeline does not run unbounded, or as {@link #build}
   */
  default void shuffleInput(O options, Path folder, long seed) {
    throw new IllegalArgumentException(
        "Cannot shuffle the input of %s: it does not run unbounded".formatted(name()));
  }
}
