/**
 * What no job over the workload can be cheaper than, on this machine and in Java: reading the
 * files, parsing each line, hashing it and writing Parquet, each on its own, with two threads and
 * without an engine. The parser and the writer are the expert's.
 */
package dev.millrace.benchmarks.limit;
