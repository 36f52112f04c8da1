package dev.millrace.benchmarks.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All that was measured of a command with an archive.
 *
 * @param starts its processes
 * @param differences what was wrong with what they wrote
 */
record StartupScore(
    Command command, Archive archive, List<Start> starts, List<String> differences) {
  StartupScore(Command command, Archive archive) {
    this(command, archive, new ArrayList<>(), new ArrayList<>());
  }

  /** The middle one of its processes' figures, the upper one of two. */
  double median(ToDoubleFunction<Start> of) {
    double[] sorted = starts.stream().mapToDouble(of).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
