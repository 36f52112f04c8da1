package dev.millrace.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** All that was measured of a contender. */
final class Score {
  private final Contender contender;
  private final List<Measurement> cold = new ArrayList<>();
  private final List<Measurement> warm = new ArrayList<>();
  private final List<String> differences = new ArrayList<>();

  Score(Contender contender) {
    this.contender = contender;
  }

  Contender contender() {
    return contender;
  }

  /** Adds a process that ran the job once. */
  void addCold(Trial.Result result) {
    cold.addAll(result.measurements());
    differences.addAll(result.differences());
  }

  /** Adds a process that ran the job several times, the first of which warmed it up. */
  void addWarm(Trial.Result result) {
    warm.addAll(result.measurements().subList(1, result.measurements().size()));
    differences.addAll(result.differences());
  }

  List<Measurement> cold() {
    return cold;
  }

  List<Measurement> warm() {
    return warm;
  }

  List<String> differences() {
    return differences;
  }

  /** The middle one of the measurements, or NaN if there are none. */
  static double median(List<Measurement> measurements, ToDoubleFunction<Measurement> figure) {
    double[] sorted = measurements.stream().mapToDouble(figure).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
