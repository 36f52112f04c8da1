/**
 * How Millrace's cost grows with its input: with rows, partitions, duplicates, rejects, fields and
 * skew. {@link dev.millrace.benchmarks.scale.ScaleBenchmark} measures the points of {@link
 * dev.millrace.benchmarks.scale.Curve}s, and {@link dev.millrace.benchmarks.scale.Growth} says how
 * fast they rise.
 */
package dev.millrace.benchmarks.scale;
