package dev.millrace.flink.metrics;

import java.util.HashMap;
import java.util.Map;

/**
 * How long ago runs had their last checkpoints. Flink tells how many there were, so it has to be
 * looked at every now and then: what it finds at a look is taken to have just come.
 */
final class CheckpointAges {
  private record Seen(double completed, long atMillis) {}

  private final Map<String, Seen> seen = new HashMap<>();

  /** Looks at how many checkpoints of a run are complete. */
  void look(String run, double completed, long nowMillis) {
    Seen last = seen.get(run);
    if (last == null || last.completed != completed) {
      seen.put(run, new Seen(completed, nowMillis));
    }
  }

  /** The age in seconds of the last checkpoint of a run that was looked at. */
  double seconds(String run, long nowMillis) {
    return (nowMillis - seen.get(run).atMillis) / 1000.0;
  }

  /** Forgets a run whose job is gone. */
  void forget(String run) {
    seen.remove(run);
  }
}
