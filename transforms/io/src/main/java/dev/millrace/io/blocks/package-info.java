/**
 * Blocks of whole records out of the bytes of one file, for each format that is read: {@link
 * dev.millrace.io.blocks.RawBlocks} is what they have in common. Lines stay as they are, CSV and
 * JSON arrays are cut by a {@code Framing}, Avro by its schema; rows of Parquet become Avro.
 *
 * <p>Which file, from where to where, is no matter of theirs: see {@link dev.millrace.io.files}.
 */
package dev.millrace.io.blocks;
