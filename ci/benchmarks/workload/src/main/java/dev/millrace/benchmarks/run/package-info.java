/**
 * A contender's process. In a batch {@link dev.millrace.benchmarks.run.Repetitions} runs its job
 * and says what each repetition took, a {@link dev.millrace.benchmarks.run.Measurement} a line; a
 * job that goes on gets an {@link dev.millrace.benchmarks.run.Assignment}, and says nothing.
 */
package dev.millrace.benchmarks.run;
