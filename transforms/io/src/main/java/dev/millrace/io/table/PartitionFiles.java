package dev.millrace.io.table;

import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.WrittenFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Makes the files of one partition from its chunks: encodes what came packed, puts all row groups
 * in order, and copies them into files of about the target size. The files are named by their
 * number, so that a repetition overwrites its own.
 */
final class PartitionFiles {
  private final RecordSchema schema;
  private final RowGroups rowGroups;
  private final OutputFolder folder;
  private final String place;
  private final long targetFileSize;
  private final int rowGroupBytes;

  /**
   * The files of a table.
   *
   * @param place where it is in the output folder: its name, or that in the folder of a commit
   */
  PartitionFiles(
      RecordSchema schema,
      RowGroups rowGroups,
      OutputFolder folder,
      String place,
      long targetFileSize,
      int rowGroupBytes) {
    this.schema = schema;
    this.rowGroups = rowGroups;
    this.folder = folder;
    this.place = place;
    this.targetFileSize = targetFileSize;
    this.rowGroupBytes = rowGroupBytes;
  }

  /** What the names of all files start with. */
  static final String PART = "part";

  /** Writes the files of a whole partition, and gives them in the order of their names. */
  List<WrittenFile> write(String partition, Iterable<Chunk> chunks) throws IOException {
    return write(partition, PART, chunks);
  }

  /**
   * Writes files of a partition, and gives them in the order of their names.
   *
   * @param part what their names have in common before the number
   */
  List<WrittenFile> write(String partition, String part, Iterable<Chunk> chunks)
      throws IOException {
    List<List<Chunk.Encoded>> files = pack(inOrder(chunks));
    List<WrittenFile> written = new ArrayList<>();
    for (List<Chunk.Encoded> parts : files) {
      String path = path(partition, part, written.size());
      long bytes = folder.write(path, out -> rowGroups.join(parts, out));
      long rows = parts.stream().mapToLong(Chunk.Encoded::rows).sum();
      written.add(new WrittenFile(table(), partition, path, rows, bytes));
    }
    deleteFrom(partition, part, written.size());
    return written;
  }

  private String table() {
    return place.substring(place.lastIndexOf('/') + 1);
  }

  /** An earlier attempt may have made more files than this one. */
  private void deleteFrom(String partition, String part, int number) throws IOException {
    int next = number;
    while (folder.delete(path(partition, part, next))) {
      next++;
    }
  }

  private String path(String partition, String part, int number) {
    return String.format(
        Locale.ROOT, "%s/%s/%s-%05d%s", place, partition, part, number, rowGroups.extension());
  }

  private List<Chunk.Encoded> inOrder(Iterable<Chunk> chunks) throws IOException {
    List<Chunk.Encoded> parts = new ArrayList<>();
    List<Record> rows = new ArrayList<>();
    for (Chunk chunk : chunks) {
      if (chunk instanceof Chunk.Encoded encoded) {
        parts.add(encoded);
      } else if (chunk instanceof Chunk.Packed packed) {
        packed.rows().forEach(schema, rows::add);
      }
    }
    rows.sort(RowOrder.BY_TIME);
    encode(rows, parts);
    parts.sort(Comparator.comparing(Chunk.Encoded::first).thenComparing(Chunk.Encoded::path));
    return parts;
  }

  private void encode(List<Record> rows, List<Chunk.Encoded> parts) throws IOException {
    int start = 0;
    long bytes = 0;
    for (int i = 0; i < rows.size(); i++) {
      bytes += rows.get(i).contentLength();
      if (bytes >= rowGroupBytes || i == rows.size() - 1) {
        parts.add(rowGroups.add(rows.subList(start, i + 1)));
        start = i + 1;
        bytes = 0;
      }
    }
  }

  private List<List<Chunk.Encoded>> pack(List<Chunk.Encoded> parts) {
    List<List<Chunk.Encoded>> files = new ArrayList<>();
    long bytes = 0;
    for (Chunk.Encoded part : parts) {
      if (files.isEmpty() || bytes + part.bytes() > targetFileSize) {
        files.add(new ArrayList<>());
        bytes = 0;
      }
      files.get(files.size() - 1).add(part);
      bytes += part.bytes();
    }
    return files;
  }
}
