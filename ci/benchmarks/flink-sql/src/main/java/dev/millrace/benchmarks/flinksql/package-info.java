/**
 * The peer that is Flink SQL in batch mode: {@code ingest.sql}, with one function for what the JSON
 * format can't do.
 */
package dev.millrace.benchmarks.flinksql;
