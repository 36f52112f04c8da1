package dev.millrace.io.table;

import dev.millrace.io.Compression;
import dev.millrace.record.CommitSchedule;
import dev.millrace.record.Partitioning;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.WrittenFile;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.joda.time.Instant;

/**
 * What of {@link WriteTable} is configured, and travels to the workers.
 *
 * @param commits null where all files belong together
 */
record TableConfig(
    OutputFolder folder,
    String table,
    Partitioning partitioning,
    long targetFileSize,
    TableFormat format,
    Compression compression,
    CommitSchedule commits)
    implements Serializable {

  TableConfig withPartitioning(Partitioning other) {
    return new TableConfig(folder, table, other, targetFileSize, format, compression, commits);
  }

  TableConfig withTargetFileSize(long bytes) {
    return new TableConfig(folder, table, partitioning, bytes, format, compression, commits);
  }

  TableConfig withFormat(TableFormat other) {
    return new TableConfig(
        folder, table, partitioning, targetFileSize, other, compression, commits);
  }

  TableConfig withCompression(Compression other) {
    return new TableConfig(folder, table, partitioning, targetFileSize, format, other, commits);
  }

  TableConfig withCommits(CommitSchedule other) {
    return new TableConfig(
        folder, table, other.partitioning(), targetFileSize, format, compression, other);
  }

  RowGroups rowGroups(RecordSchema schema) {
    return rowGroups(schema, table);
  }

  /** Those of a commit go away with its folder. */
  RowGroups rowGroupsOf(Instant commit, RecordSchema schema) {
    return rowGroups(schema, place(commit));
  }

  private RowGroups rowGroups(RecordSchema schema, String place) {
    return new RowGroups(folder, place, format.encoder(schema, compression));
  }

  PartitionFiles files(RecordSchema schema) {
    return files(schema, table);
  }

  private PartitionFiles files(RecordSchema schema, String place) {
    return new PartitionFiles(
        schema,
        rowGroups(schema, place),
        folder,
        place,
        targetFileSize,
        PartitionBuffers.Limits.DEFAULT.rowGroup());
  }

  private String place(Instant commit) {
    return CommitSchedule.name(commit) + "/" + table;
  }

  /** Writes a part of a partition for a commit. */
  List<WrittenFile> write(
      Instant commit, long bucket, int number, Iterable<Chunk> chunks, RecordSchema schema)
      throws IOException {
    String part = String.format(Locale.ROOT, "%s-%05d", PartitionFiles.PART, number);
    return files(schema, place(commit)).write(partitioning.name(bucket), part, chunks);
  }

  void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("folder", folder.folder()))
        .add(DisplayData.item("table", table))
        .add(DisplayData.item("partitioning", partitioning.name()))
        .add(DisplayData.item("targetFileSize", targetFileSize))
        .add(DisplayData.item("format", format.name()))
        .add(DisplayData.item("compression", compression.name()))
        .addIfNotDefault(DisplayData.item("commits", String.valueOf(commits)), "null");
  }
}
