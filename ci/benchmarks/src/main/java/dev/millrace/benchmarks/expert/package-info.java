/**
 * The peer by an expert: the native job with what a profiler asks for one after the other. Blocks
 * of bytes in place of lines of text, a parser that speculates on the form in which producers write
 * an event and leaves the rest to Jackson, rows of bytes in place of objects, 128-bit hashes in
 * place of ids, aggregates that are added up before they are shuffled, Parquet without Avro.
 */
package dev.millrace.benchmarks.expert;
