/**
 * What a message costs a job that goes on, and how long it takes: from one topic to another, in
 * Millrace and in the same job as others write it.
 *
 * <p>{@link dev.millrace.benchmarks.stream.StreamBenchmark} is the story: a broker in a process of
 * its own, and a trial of each contender in turn, in topics of its own. Nothing is asked of a
 * contender but to read one topic and write others, so that what is measured is seen from outside:
 * the broker's clock, the system's account of the process, the files of its checkpoints.
 */
package dev.millrace.benchmarks.stream;
