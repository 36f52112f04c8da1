package dev.millrace.launch;

import java.time.Instant;
import java.util.Set;

/**
 * A job on a cluster.
 *
 * @param id the cluster's name for it
 * @param name the name that it was submitted under, which is the run's id unless another was given
 * @param state what the cluster says of it, such as RUNNING
 * @param startedAt when it was submitted
 * @param checkpoint where its last checkpoint or savepoint is; empty if it has none
 * @param failure in one line why it failed or was started again; empty if it did not
 */
public record ClusterJob(
    String id, String name, String state, Instant startedAt, String checkpoint, String failure) {
  private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED", "SUSPENDED");
  private static final Set<String> BROKEN = Set.of("FAILED", "FAILING", "RESTARTING");

  /** Whether it doesn't go on any more. */
  public boolean hasEnded() {
    return hasEnded(state);
  }

  /** Whether a job in this state doesn't go on any more. */
  public static boolean hasEnded(String state) {
    return ENDED.contains(state);
  }

  /** Whether it has failed, or is about to be started again since it did. */
  public boolean isBroken() {
    return BROKEN.contains(state);
  }
}
