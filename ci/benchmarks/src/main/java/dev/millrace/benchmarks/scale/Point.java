package dev.millrace.benchmarks.scale;

import dev.millrace.benchmarks.events.Shape;

/**
 * An input of a curve.
 *
 * @param x where it is on the curve's axis
 * @param rows how many rows it has
 * @param shape what they are like
 */
record Point(double x, long rows, Shape shape) {}
