package dev.millrace.io;

import dev.millrace.record.Record;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * How the rows of a table become files of one format: row groups are encoded first, each on its
 * own, and joined later.
 */
public interface TableEncoder {

  /** A row group that can be read back. */
  interface Part {
    byte[] read() throws IOException;
  }

  /** What the names of files end with, such as {@code .parquet}. */
  String extension();

  /** A row group of these rows, in their order; there must be at least one. */
  byte[] encode(List<Record> rows) throws IOException;

  /** Writes the file of these row groups, in their order. */
  void join(List<Part> rowGroups, OutputStream out) throws IOException;
}
