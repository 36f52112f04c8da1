/**
 * A contender's process: {@link dev.millrace.benchmarks.run.Repetitions} runs its job and says what
 * each repetition took, a {@link dev.millrace.benchmarks.run.Measurement} a line.
 */
package dev.millrace.benchmarks.run;
