package dev.millrace.benchmarks;

import dev.millrace.benchmarks.run.Measurement;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What several measurements of the same come to; all are NaN if there are none.
 *
 * @param least the least of them
 * @param median the middle one
 * @param most the most of them
 */
record Figure(double least, double median, double most) {

  /** A figure of measurements. */
  static Figure of(List<Measurement> measurements, ToDoubleFunction<Measurement> of) {
    double[] sorted = measurements.stream().mapToDouble(of).sorted().toArray();
    if (sorted.length == 0) {
      return new Figure(Double.NaN, Double.NaN, Double.NaN);
    }
    return new Figure(sorted[0], median(sorted), sorted[sorted.length - 1]);
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  boolean isMeasured() {
    return !Double.isNaN(median);
  }

  /** The median and, if there are more, what they are between; nothing if it was not measured. */
  String text() {
    if (!isMeasured()) {
      return "";
    }
    return least == most
        ? String.format(Locale.ROOT, "%.2f", median)
        : String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median, least, most);
  }
}
