/** The peer that is no pipeline at all: DuckDB in the process, for what fits one machine. */
package dev.millrace.benchmarks.duckdb;
