/**
 * One unbounded run of {@code ingest} on a real cluster, from a topic into Parquet, a topic and a
 * database, exactly once, while what it runs on is killed, frozen and filled up.
 *
 * <p>{@link dev.millrace.chaos.Script} says before what must become of each message; {@link
 * dev.millrace.chaos.Play} sends them and has a {@link dev.millrace.chaos.Fault} happen in the
 * middle of each act; {@link dev.millrace.chaos.Checker} compares what readers then find. Nothing
 * here is on the class path of the run, and nothing of the run's is on this one.
 */
package dev.millrace.chaos;
