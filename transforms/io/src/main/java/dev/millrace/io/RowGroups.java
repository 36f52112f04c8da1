package dev.millrace.io;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import java.io.IOException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.apache.parquet.hadoop.ParquetFileWriter;

/**
 * The row groups of a table that wait to be put together, each a file in a hidden folder beside the
 * table. They don't go through a shuffle: runners gather what they shuffle in memory, and a day of
 * records need not fit there.
 *
 * <p>A file is named by its content: a repetition overwrites its own, and equal row groups share
 * one.
 */
final class RowGroups {
  private final OutputFolder folder;
  private final String hidden;
  private final RowGroupEncoder encoder;

  RowGroups(OutputFolder folder, String table, RecordSchema schema, Compression compression) {
    this.folder = folder;
    this.hidden = hiddenFolder(table);
    this.encoder = new RowGroupEncoder(schema, compression);
  }

  /** Encodes and keeps rows, in their order; there must be at least one. */
  Chunk.Encoded add(List<Record> rows) throws IOException {
    byte[] file = encoder.encode(rows);
    byte[] hash = Hashing.xxh3_128().hashBytesTo128Bits(file).toByteArray();
    String path = "%s/%s.parquet".formatted(hidden, HexFormat.of().formatHex(hash));
    folder.write(path, out -> out.write(file));
    Chunk.Position first = Chunk.Position.of(Collections.min(rows, RowOrder.BY_TIME));
    return new Chunk.Encoded(first, rows.size(), file.length, path);
  }

  /** Copies a row group to the end of a file. */
  void copy(Chunk.Encoded rowGroup, ParquetFileWriter to) throws IOException {
    ParquetFiles.append(folder.read(rowGroup.path()), to);
  }

  /** Deletes all row groups of a table, also those that failed attempts left. */
  static void deleteAll(OutputFolder folder, String table) throws IOException {
    folder.deleteFolder(hiddenFolder(table));
  }

  private static String hiddenFolder(String table) {
    return "." + table + ".rowgroups";
  }
}
