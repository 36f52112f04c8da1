package dev.millrace.operate.backfill;

import java.util.List;

/**
 * What somebody asks for.
 *
 * @param job the job file, by its full path, or the pipeline
 * @param arguments options of the job, as on a command line
 * @param waiting options that say how each slice waits for its input, for whoever resumes it
 * @param range the slices
 * @param maxActiveRuns how many may run at a time
 * @param reprocess which slices that were run before are run again
 * @param backwards whether the latest come first
 * @param reason why, for the ledger
 */
public record BackfillRequest(
    String job,
    List<String> arguments,
    List<String> waiting,
    SliceRange range,
    int maxActiveRuns,
    Reprocess reprocess,
    boolean backwards,
    String reason) {

  /**
   * Keeps an immutable copy.
   *
   * @throws IllegalArgumentException if nothing may run
   */
  public BackfillRequest {
    arguments = List.copyOf(arguments);
    waiting = List.copyOf(waiting);
    if (maxActiveRuns < 1) {
      throw new IllegalArgumentException(
          "Invalid --max-active-runs: %s (expected 1 or more)".formatted(maxActiveRuns));
    }
  }
}
