/**
 * The peer: the benchmark's job as a competent engineer writes it for Flink's DataStream API, with
 * the parts that Flink, Jackson and Parquet offer and with settings that were measured. Where two
 * ways were as natural, the cheaper one is here; comments say which and why. What it knows of an
 * event that is not Flink's is {@link dev.millrace.benchmarks.plain}.
 */
package dev.millrace.benchmarks.peer;
