package dev.millrace.io.table;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.millrace.io.TableEncoder;
import dev.millrace.record.Record;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

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
  private final TableEncoder encoder;

  /**
   * The row groups of a table.
   *
   * @param place where it is in the output folder: mostly its name
   */
  RowGroups(OutputFolder folder, String place, TableEncoder encoder) {
    this.folder = folder;
    this.hidden = hiddenFolder(place);
    this.encoder = encoder;
  }

  /** Encodes and keeps rows, in their order; there must be at least one. */
  Chunk.Encoded add(List<Record> rows) throws IOException {
    byte[] file = encoder.encode(rows);
    byte[] hash = Hashing.xxh3_128().hashBytesTo128Bits(file).toByteArray();
    String path = "%s/%s%s".formatted(hidden, HexFormat.of().formatHex(hash), encoder.extension());
    folder.write(path, out -> out.write(file));
    Chunk.Position first = Chunk.Position.of(Collections.min(rows, RowOrder.BY_TIME));
    return new Chunk.Encoded(first, rows.size(), file.length, path);
  }

  /** What the names of files end with. */
  String extension() {
    return encoder.extension();
  }

  /** Writes the file of some row groups, in their order. */
  void join(List<Chunk.Encoded> rowGroups, OutputStream out) throws IOException {
    List<TableEncoder.Part> parts = new ArrayList<>();
    for (Chunk.Encoded rowGroup : rowGroups) {
      parts.add(() -> folder.read(rowGroup.path()));
    }
    encoder.join(parts, out);
  }

  /** Deletes all row groups of a table, also those that failed attempts left. */
  static void deleteAll(OutputFolder folder, String table) throws IOException {
    folder.deleteFolder(hiddenFolder(table));
  }

  private static String hiddenFolder(String place) {
    int name = place.lastIndexOf('/') + 1;
    return place.substring(0, name) + "." + place.substring(name) + ".rowgroups";
  }
}
