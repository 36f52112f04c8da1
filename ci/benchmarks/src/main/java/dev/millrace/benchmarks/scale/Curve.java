package dev.millrace.benchmarks.scale;

import dev.millrace.benchmarks.events.Shape;
import dev.millrace.benchmarks.events.Skew;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Inputs that differ in one thing.
 *
 * @param axis what that is
 * @param points the inputs; x rises
 */
record Curve(String axis, List<Point> points) {
  private static final long[] ROWS = {
    100_000, 300_000, 1_000_000, 3_000_000, 10_000_000, 30_000_000
  };
  private static final long MANY = 300_000;
  private static final long WIDE = 100_000;

  /** All of them, none with more rows than the largest. */
  static List<Curve> upTo(long largest) {
    long many = Math.min(MANY, largest);
    return List.of(
        rows(largest),
        of("partitions", many, Shape.USUAL::withDays, 1, 3, 90, 365),
        of("duplicates, %", many, percent -> Shape.USUAL.withCopies(10 * percent), 1, 3, 20, 50),
        of("rejects, %", many, percent -> Shape.USUAL.withRejects(10 * percent), 0, 1, 5, 20),
        of(
            "fields",
            Math.min(WIDE, largest),
            Shape.USUAL::withFields,
            Shape.FEWEST_FIELDS,
            50,
            100,
            200),
        of("rows in one group, %", many, Curve::skewed, 0, 40, 80));
  }

  private static Curve rows(long largest) {
    return new Curve(
        "thousand rows",
        LongStream.of(ROWS)
            .filter(rows -> rows <= largest)
            .mapToObj(rows -> new Point(rows / 1e3, rows, Shape.USUAL))
            .toList());
  }

  private static Curve of(String axis, long rows, IntFunction<Shape> shape, int... values) {
    return new Curve(
        axis, IntStream.of(values).mapToObj(x -> new Point(x, rows, shape.apply(x))).toList());
  }

  private static Shape skewed(int percent) {
    return percent == 0 ? Shape.USUAL : Shape.USUAL.withSkew(Skew.GROUP, percent);
  }
}
