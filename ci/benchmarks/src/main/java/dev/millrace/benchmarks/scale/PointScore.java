package dev.millrace.benchmarks.scale;

import dev.millrace.benchmarks.Trial;
import dev.millrace.benchmarks.run.Measurement;
import java.util.Arrays;
import java.util.List;

/**
 * What was measured of an input.
 *
 * @param coldSeconds the CPU time of the first run in a process, from the process's start
 * @param warmSeconds the CPU time of a later run, the middle one
 * @param warmWallSeconds the time that passed in one, likewise
 * @param peakRssMiB the most memory that the process held
 * @param differences what was wrong with what it wrote
 */
record PointScore(
    double coldSeconds,
    double warmSeconds,
    double warmWallSeconds,
    long peakRssMiB,
    List<String> differences) {

  static PointScore of(Trial.Result result) {
    List<Measurement> all = result.measurements();
    List<Measurement> warm = all.subList(1, all.size());
    return new PointScore(
        all.get(0).cpuSeconds(),
        median(warm.stream().mapToDouble(Measurement::cpuSeconds).toArray()),
        median(warm.stream().mapToDouble(Measurement::wallSeconds).toArray()),
        all.get(all.size() - 1).peakRssMiB(),
        result.differences());
  }

  /** The middle one, the lower of two. */
  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) / 2];
  }

  boolean isRight() {
    return differences.isEmpty();
  }
}
