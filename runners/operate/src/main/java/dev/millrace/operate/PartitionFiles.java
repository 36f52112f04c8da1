package dev.millrace.operate;

import dev.millrace.io.table.Manifest;
import dev.millrace.record.WrittenFile;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One partition of a table as a run wrote it.
 *
 * @param partition its name, such as {@code dt=2001-01-15}
 * @param path its folder
 * @param rows the rows of all of its files
 * @param files how many files it has
 * @param bytes their size together
 */
public record PartitionFiles(String partition, Path path, long rows, int files, long bytes) {

  /** The partitions of a table, in order of name. */
  public static List<PartitionFiles> of(Manifest manifest, String table, Path folder) {
    SortedMap<String, PartitionFiles> partitions = new TreeMap<>();
    for (WrittenFile file : manifest.files(table)) {
      String name = file.partition();
      PartitionFiles one =
          new PartitionFiles(name, folder.resolve(name), file.rows(), 1, file.bytes());
      partitions.merge(name, one, PartitionFiles::plus);
    }
    return List.copyOf(partitions.values());
  }

  private PartitionFiles plus(PartitionFiles other) {
    return new PartitionFiles(
        partition, path, rows + other.rows, files + other.files, bytes + other.bytes);
  }
}
