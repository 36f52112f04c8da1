package dev.millrace.benchmarks.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** All that was measured of a contender. */
final class StreamScore {
  private final StreamContender contender;
  private final List<Saturation> saturations = new ArrayList<>();
  private final List<Steadiness> steady = new ArrayList<>();
  private final List<String> differences = new ArrayList<>();

  StreamScore(StreamContender contender) {
    this.contender = contender;
  }

  StreamContender contender() {
    return contender;
  }

  void addSaturation(StreamTrial.Turn<Saturation> turn) {
    saturations.add(turn.measured());
    differences.addAll(turn.differences());
  }

  void addSteady(StreamTrial.Turn<Steadiness> turn) {
    steady.add(turn.measured());
    differences.addAll(turn.differences());
  }

  List<Saturation> saturations() {
    return saturations;
  }

  List<Steadiness> steady() {
    return steady;
  }

  List<String> differences() {
    return differences;
  }

  boolean isRight() {
    return differences.isEmpty();
  }

  double saturation(ToDoubleFunction<Saturation> figure) {
    return median(saturations, figure);
  }

  double steady(ToDoubleFunction<Steadiness> figure) {
    return median(steady, figure);
  }

  /** The middle one, or NaN if there are none. */
  private static <T> double median(List<T> measured, ToDoubleFunction<T> figure) {
    double[] sorted = measured.stream().mapToDouble(figure).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
