/**
 * The peer that is Flink SQL: {@code ingest.sql} and {@code flights.sql} in batch mode, {@code
 * stream.sql} for what goes on, with functions for what the JSON format can't do.
 */
package dev.millrace.benchmarks.flinksql;
