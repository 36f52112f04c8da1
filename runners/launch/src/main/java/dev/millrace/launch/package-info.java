/**
 * From a configured pipeline to a staged run: {@link dev.millrace.launch.JobFile} and the command
 * line make a {@link dev.millrace.launch.JobSpec}, {@link dev.millrace.launch.Launcher} runs it on
 * an {@link dev.millrace.launch.Engine} that is found on the class path, and a {@link
 * dev.millrace.launch.StagedRun} is what it leaves for the audit. An unbounded run can also be left
 * to itself on a {@link dev.millrace.launch.Cluster}, as a {@link dev.millrace.launch.DetachedRun}.
 *
 * <p>A wrong request is an {@link java.lang.IllegalArgumentException} with one clear line, and
 * nothing was run; a run that fails is a {@link dev.millrace.launch.RunFailedException} with one
 * clear line, and nothing was published. Start with {@link dev.millrace.launch.Launcher}.
 */
package dev.millrace.launch;
