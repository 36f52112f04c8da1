/**
 * What a row costs in Millrace, beside the same job written by hand for Flink.
 *
 * <p>{@link dev.millrace.benchmarks.Benchmark} prepares the workload, runs the contenders in turns,
 * each in a process of its own, checks what they wrote against the truth and prints a table. A
 * contender is a main class that hands its job to {@link dev.millrace.benchmarks.run.Repetitions}.
 */
package dev.millrace.benchmarks;
