package dev.millrace.operate.publish;

import dev.millrace.operate.Folders;
import dev.millrace.operate.JsonFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What lies in a published partition of a table, in a file beside the data whose name starts with
 * an underscore, as those do that engines don't read: {@value #FILE_NAME}. It comes with the data
 * by the same rename, so that a reader who goes by it sees one run and never two.
 *
 * @param run the run that wrote it
 * @param version counts how often the partition was published; the same for all of its tables
 * @param pipeline the name of the pipeline
 * @param pipelineVersion the version of its logic
 * @param contract the id of the contract; null without one
 * @param contractVersion its version; null without one
 * @param from the start of the interval that the run was asked for, as it was given; null if open
 * @param to its end, likewise
 * @param table the table
 * @param partition the partition, such as {@code dt=2001-01-15}
 * @param rows the rows of all files
 * @param balance what became of the records of the partition that the run read, by disposition
 * @param files the files, in order of name
 */
public record PartitionManifest(
    String run,
    long version,
    String pipeline,
    String pipelineVersion,
    String contract,
    String contractVersion,
    String from,
    String to,
    String table,
    String partition,
    long rows,
    SortedMap<String, Long> balance,
    List<PublishedFile> files) {

  /** The name of the file. */
  public static final String FILE_NAME = Folders.MANIFEST;

  /** Keeps an immutable list. */
  public PartitionManifest {
    files = List.copyOf(files);
  }

  /** The size of all files. */
  public long bytes() {
    return files.stream().mapToLong(PublishedFile::bytes).sum();
  }

  /**
   * The manifest of a partition; none if it was published by something that writes none, such as a
   * run that goes on.
   *
   * @throws IOException if it can't be read, or isn't one
   */
  public static Optional<PartitionManifest> in(Path partition) throws IOException {
    Path file = partition.resolve(FILE_NAME);
    return Files.exists(file)
        ? Optional.of(JsonFiles.read(file, PartitionManifest.class))
        : Optional.empty();
  }

  PartitionManifest withVersion(long version) {
    return new PartitionManifest(
        run,
        version,
        pipeline,
        pipelineVersion,
        contract,
        contractVersion,
        from,
        to,
        table,
        partition,
        rows,
        balance,
        files);
  }

  void writeTo(Path folder) throws IOException {
    JsonFiles.write(folder.resolve(FILE_NAME), this);
  }
}
