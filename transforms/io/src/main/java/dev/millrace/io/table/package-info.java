/**
 * Tables of files. {@link dev.millrace.io.table.WriteTable} writes {@link
 * dev.millrace.record.Record}s as Hive partitions of Parquet, NDJSON or Avro files, and {@link
 * dev.millrace.io.table.WriteManifest} writes down which files there are and what became of every
 * record; {@link dev.millrace.io.table.Manifest} reads that back. {@link
 * dev.millrace.io.table.PublishCommits} does without a launcher what one does with a manifest: it
 * audits and publishes what is complete while a run goes on.
 */
package dev.millrace.io.table;
