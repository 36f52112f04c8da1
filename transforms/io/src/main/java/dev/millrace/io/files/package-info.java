/**
 * Sets of files, read. {@link dev.millrace.io.files.FileSet} finds the files of a run, and {@link
 * dev.millrace.io.files.ReadFiles} reads them as {@link dev.millrace.record.RawBlock}s, not yet
 * looked into; a {@link dev.millrace.io.files.BlockReader} does so without a pipeline. {@link
 * dev.millrace.io.files.WatchFiles} reads files as they come, and {@link
 * dev.millrace.io.files.SpliceFiles} goes on with something else, such as a topic. {@link
 * dev.millrace.io.files.ReadOriginals} finds the bytes of single records again.
 */
package dev.millrace.io.files;
