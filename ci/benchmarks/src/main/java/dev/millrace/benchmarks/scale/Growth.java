package dev.millrace.benchmarks.scale;

import java.util.ArrayList;
import java.util.List;

/**
 * How a cost grows: {@code cost(x) = a + b (x - x0)^k}, where {@code x0} is the first point and
 * {@code a} its cost, so that what is paid once, whatever the input, doesn't make growth look
 * smaller. {@code b} and {@code k} are fitted by least squares to the logarithms, {@code ln(cost -
 * a) = ln b + k ln(x - x0)}, as in S. Goldsmith, A. Aiken and D. Wilkerson, <i>Measuring Empirical
 * Computational Complexity</i>, ESEC/FSE 2007. {@code k} is 1 for a cost that rises in a straight
 * line.
 *
 * <p>A point that costs little more than the first is left out: its difference is mostly noise, and
 * the logarithm makes much of it.
 *
 * @param exponent {@code k}; NaN where fewer than two points cost clearly more than the first
 * @param factor the cost of the last point, in costs of the first
 */
record Growth(double exponent, double factor) {
  /** What measurements of a straight line stay below. */
  static final double MOST = 1.1;

  /** How many times the first point's cost another must be, to be told from noise. */
  static final double NOISE = 1.25;

  /** The growth through points whose x rises. */
  static Growth of(double[] x, double[] cost) {
    List<double[]> logs = new ArrayList<>();
    for (int i = 1; i < x.length; i++) {
      if (cost[i] > NOISE * cost[0]) {
        logs.add(new double[] {Math.log(x[i] - x[0]), Math.log(cost[i] - cost[0])});
      }
    }
    return new Growth(slope(logs), cost[cost.length - 1] / cost[0]);
  }

  /** Whether the cost rises faster than in a straight line. */
  boolean isTooFast() {
    return exponent > MOST;
  }

  private static double slope(List<double[]> points) {
    if (points.size() < 2) {
      return Double.NaN;
    }
    double meanX = points.stream().mapToDouble(point -> point[0]).average().orElseThrow();
    double meanY = points.stream().mapToDouble(point -> point[1]).average().orElseThrow();
    double together = points.stream().mapToDouble(p -> (p[0] - meanX) * (p[1] - meanY)).sum();
    double alone = points.stream().mapToDouble(p -> (p[0] - meanX) * (p[0] - meanX)).sum();
    return together / alone;
  }
}
