/**
 * The edges: sources with provenance, sinks that can be repeated.
 *
 * <p>{@link dev.millrace.io.FileSet} finds the files of a run, and {@link
 * dev.millrace.io.ReadFiles} reads them as {@link dev.millrace.record.RawBlock}s, not yet looked
 * into; a {@link dev.millrace.io.BlockReader} does so without a pipeline, and {@link
 * dev.millrace.io.WatchFiles} with files as they come; {@link dev.millrace.io.SpliceFiles} goes on
 * with something else, such as a topic. {@link dev.millrace.io.ReadReference} reads the values that
 * records may refer to, and {@link dev.millrace.io.RefreshReference} does so again when they
 * change. {@link dev.millrace.io.WriteTable} writes {@link dev.millrace.record.Record}s as Hive
 * partitions of Parquet, NDJSON or Avro files, and {@link dev.millrace.io.WriteManifest} writes
 * down which files there are and what became of every record; {@link dev.millrace.io.Manifest}
 * reads that back. {@link dev.millrace.io.PublishCommits} does without a launcher what one does
 * with a manifest: it audits and publishes what is complete while a run goes on. {@link
 * dev.millrace.io.jdbc} has the edge to tables of a database.
 *
 * <p>Nothing here rejects a record: what can't be read or written is an error of the
 * infrastructure, and fails the run with one line that says which file and why. What is wrong with
 * the input as a whole is known at launch, as an {@link dev.millrace.io.InputException}.
 */
package dev.millrace.io;
