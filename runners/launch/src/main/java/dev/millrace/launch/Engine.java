package dev.millrace.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * One of the runners that a pipeline can be launched on: what it is called, and how it should be
 * set up if nobody says otherwise. Found by {@link java.util.ServiceLoader}, so that an engine is a
 * jar on the class path.
 */
public interface Engine {
  /** The name of its runner, such as {@code --runner} takes it. */
  String runner();

  /**
   * The options that this engine is given unless the job or the command line gives them. It may
   * depend on what those ask for: see {@link JobSpec#option}.
   */
  Map<String, String> profile(Mode mode, JobSpec job);

  /**
   * Options that change how this engine works and must not change what a run publishes, such as its
   * parallelism: at least one set of them, in a fixed order.
   */
  default List<Map<String, String>> variations() {
    return List.of(Map.of());
  }

  /**
   * Options that an unbounded run needs here so that no record within the allowed lateness is found
   * late, whatever the order and speed; none where the engine sees to that.
   */
  default Map<String, String> punctual() {
    return Map.of();
  }

  /**
   * Prepares a run, just before the pipeline is built.
   *
   * @param options the options of the run, which this may complete
   * @param scratch a folder for the files that the engine needs while it runs; it is deleted at the
   *     end of the run
   */
  default void prepare(PipelineOptions options, Path scratch) throws IOException {}

  /**
   * Whether a run of these options can have steps whose input is in a checkpoint before they see
   * it, in the order that it then has for good: what writing exactly once needs.
   */
  default boolean keepsInputStable(PipelineOptions options) {
    return false;
  }

  /** The cluster at an address, {@code host:port}; none if this engine has no clusters. */
  default Optional<Cluster> clusterAt(String address) {
    return Optional.empty();
  }

  /** The cluster that a run of these options goes to; none if it stays in this process. */
  default Optional<Cluster> clusterOf(PipelineOptions options) {
    return Optional.empty();
  }

  /** Completes the options of a run on a cluster so that it is submitted and not waited for. */
  default void detach(PipelineOptions options) {
    throw new UnsupportedOperationException(
        "Cannot detach: %s has no clusters".formatted(runner()));
  }

  /**
   * Whether a run of these options may start from a savepoint with state that its pipeline has no
   * place for, which is then left behind.
   */
  default boolean leavesStateBehind(PipelineOptions options) {
    return false;
  }

  /** Completes the options of a run on a cluster so that it starts from a savepoint. */
  default void resume(PipelineOptions options, String savepoint) {
    throw new UnsupportedOperationException(
        "Cannot resume: %s has no clusters".formatted(runner()));
  }
}
