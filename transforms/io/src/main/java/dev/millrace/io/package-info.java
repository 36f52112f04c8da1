/**
 * The edges: sources with provenance, sinks that can be repeated. What reads and what writes is in
 * the packages within; here is what they share.
 *
 * <ul>
 *   <li>{@link dev.millrace.io.files} reads sets of files, {@link dev.millrace.io.kafka} topics,
 *       and {@link dev.millrace.io.reference} the values that records may refer to.
 *   <li>{@link dev.millrace.io.table} writes Hive partitions and their manifest, {@link
 *       dev.millrace.io.kafka} topics, and {@link dev.millrace.io.jdbc} tables of a database.
 *   <li>Below them are the formats: {@link dev.millrace.io.codec}, {@link dev.millrace.io.blocks},
 *       {@link dev.millrace.io.avro} and {@link dev.millrace.io.parquet}.
 * </ul>
 *
 * <p>Nothing here rejects a record: what can't be read or written is an error of the
 * infrastructure, and fails the run with one line that says which file and why. What is wrong with
 * the input as a whole is known at launch, as an {@link dev.millrace.io.InputException}.
 */
package dev.millrace.io;
