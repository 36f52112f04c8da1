package dev.millrace.launch;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a job on a cluster is at one time. What it counts is since its tasks were last started, and
 * some seconds old: what is true in the end is in the run's report.
 *
 * @param job the job
 * @param since when it came into its state
 * @param seenAt when the cluster was asked, by its own clock
 * @param records what became of records
 * @param lag how many messages of a topic were published and not yet read, by topic and partition
 * @param watermark up to when its sources take all to have come; none before they have, at the end,
 *     or if it isn't a run of ours
 * @param checkpoints its checkpoints
 * @param restarts how often it was started again after a failure
 */
public record JobStatus(
    ClusterJob job,
    Instant since,
    Instant seenAt,
    Records records,
    SortedMap<String, Long> lag,
    Optional<Instant> watermark,
    Checkpoints checkpoints,
    long restarts) {

  /** Keeps an unmodifiable copy of the map. */
  public JobStatus {
    lag = Collections.unmodifiableSortedMap(new TreeMap<>(lag));
  }

  /**
   * What became of records.
   *
   * @param read how many were read; none if it isn't known
   * @param outcomes how many there are of each outcome that there is, such as published
   * @param rejected how many of the rejected there are by reason
   */
  public record Records(
      OptionalLong read, SortedMap<String, Long> outcomes, SortedMap<String, Long> rejected) {
    /** Keeps unmodifiable copies of the maps. */
    public Records {
      outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
      rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    }
  }

  /**
   * The checkpoints of a job.
   *
   * @param completed how many were completed
   * @param failed how many failed
   * @param last the last one that was completed; none if none was
   */
  public record Checkpoints(long completed, long failed, Optional<Checkpoint> last) {}

  /**
   * A checkpoint that was completed.
   *
   * @param completedAt when
   * @param bytes what it had to write
   * @param millis how long it took
   */
  public record Checkpoint(Instant completedAt, long bytes, long millis) {}
}
