/**
 * The peer that is Beam as its guides write it: rows with a schema, {@code JsonToRow}, {@code
 * Distinct}, {@code Group} and {@code ParquetIO}, on the runner that Millrace runs on.
 */
package dev.millrace.benchmarks.beam;
