/**
 * How long it takes until Millrace works: whole processes by the launcher script, from its start to
 * their end, and what their time goes to.
 *
 * <p>{@link dev.millrace.benchmarks.startup.StartupBenchmark} is where to begin. Nothing is built
 * into Millrace for it: the Java machine counts ({@link
 * dev.millrace.benchmarks.startup.JvmCounters}), and the launcher and Flink log what they do, as
 * with {@code --debug} ({@link dev.millrace.benchmarks.startup.RunLog}).
 */
package dev.millrace.benchmarks.startup;
