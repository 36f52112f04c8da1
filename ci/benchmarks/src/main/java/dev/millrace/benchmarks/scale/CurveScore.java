package dev.millrace.benchmarks.scale;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What was measured along a curve.
 *
 * @param scores one for each point
 */
record CurveScore(Curve curve, List<PointScore> scores) {

  /** How fast the CPU time of a first run grows. */
  Growth cold() {
    return growth(PointScore::coldSeconds);
  }

  /** How fast the CPU time of a later run grows. */
  Growth warm() {
    return growth(PointScore::warmSeconds);
  }

  private Growth growth(ToDoubleFunction<PointScore> cost) {
    return Growth.of(
        curve.points().stream().mapToDouble(Point::x).toArray(),
        scores.stream().mapToDouble(cost).toArray());
  }

  /** Whether all outputs are right, and no cost rises faster than in a straight line. */
  boolean isGood() {
    return scores.stream().allMatch(PointScore::isRight)
        && !cold().isTooFast()
        && !warm().isTooFast();
  }
}
