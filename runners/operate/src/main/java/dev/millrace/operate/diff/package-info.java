/**
 * Compares rows: what files of one side hold and those of the other don't, and the other way round,
 * with the memory of a few hashes a row.
 *
 * <p>Pairs of partitions enter, as lists of files that {@link dev.millrace.io.table.WriteTable}
 * wrote, in any of its formats; counts and samples leave. Nothing is written. Start with {@link
 * dev.millrace.operate.diff.RowDiff}.
 */
package dev.millrace.operate.diff;
