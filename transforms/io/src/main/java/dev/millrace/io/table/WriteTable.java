package dev.millrace.io.table;

import dev.millrace.io.Compression;
import dev.millrace.io.Unwindow;
import dev.millrace.record.CommitSchedule;
import dev.millrace.record.Partitioning;
import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.WrittenFile;
import java.io.IOException;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Writes records as files in Hive-style partitions by event time: {@code
 * folder/table/dt=2001-01-15/part-00000.parquet}; or {@code .avro}, {@code .ndjson}. Windows and
 * timestamps of the input don't matter. The output has one element a file, when all are complete.
 *
 * <p>In Parquet, STRING becomes a string, INTEGER int64, NUMBER double, DECIMAL a decimal, BOOLEAN
 * boolean, DATE date, TIME time and TIMESTAMP timestamp in microseconds, UTC, OBJECT a group and
 * ARRAY a list of three levels; nullable fields are optional columns. In Avro it is the types of
 * the same names, decimals as bytes, and nullable fields a union with null, which is their default;
 * names of fields must be Avro's. In NDJSON a line has all fields in the order of the schema, null
 * where there is no value; decimals are plain numbers, dates and times ISO 8601 with microseconds,
 * timestamps in UTC. What is written as NDJSON or Avro is read again by the same contract, as the
 * same records. The partition is the folder alone, as in Hive, and no column. Provenance and kept
 * originals are not written.
 *
 * <p>Of a partition, what a bundle has more than 1 MB of becomes row groups at once, with the rows
 * in the order in which they came; the rest of all bundles is put together in the order of event
 * time, source and offset. So a small partition has the same rows in the same order however they
 * arrived; of a large one, the rows are the same and their order may differ. Names are numbers: a
 * repetition overwrites its own files, which appear when they are complete.
 *
 * <p><b>Unbounded.</b> A partition is written in parts, {@code part-00002-00000.parquet} the third
 * of them: one when the watermark is as far past its end as it is long, others before that when it
 * has more than 64 MB to write, and after it for what comes even later. Each row is written once,
 * and late ones are not dropped: they make further files. Which rows a file has depends on how they
 * came; the rows of the table don't. Until a part is written its rows are in the state of one key,
 * so that a partition has one writer at a time. The output's elements come at the end of time;
 * those of {@link #withCommits} at the end of their commit, or before it.
 *
 * <p>Rows are encoded where they are, into row groups in a hidden folder beside the table, which
 * are copied into files when all are there, and deleted at the end. Cost: up to 64 MB a worker
 * thread for rows, whatever the size of a partition, and the space of the table twice while it is
 * written.
 */
public final class WriteTable extends PTransform<PCollection<Record>, PCollection<WrittenFile>> {
  private static final long serialVersionUID = 1L;
  private static final long DEFAULT_TARGET_FILE_SIZE = 128L << 20;

  private final TableConfig config;

  private WriteTable(TableConfig config) {
    this.config = config;
  }

  /**
   * Writes to {@code folder/table}, by day, in Parquet files of up to about 128 MB, compressed with
   * Zstandard.
   */
  public static WriteTable to(String folder, String table) {
    if (table.isEmpty()) {
      throw new IllegalArgumentException("Missing required value: table");
    }
    return new WriteTable(
        new TableConfig(
            new OutputFolder(folder),
            table,
            Partitioning.DAY,
            DEFAULT_TARGET_FILE_SIZE,
            TableFormat.PARQUET,
            Compression.ZSTD,
            null));
  }

  /** How the table is cut into partitions. */
  public WriteTable withPartitioning(Partitioning partitioning) {
    return new WriteTable(config.withPartitioning(partitioning));
  }

  /** The size that a file doesn't pass, unless a single row group does. */
  public WriteTable withTargetFileSize(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException(
          "Invalid targetFileSize: %s (expected at least 1)".formatted(bytes));
    }
    return new WriteTable(config.withTargetFileSize(bytes));
  }

  /** How files are written. */
  public WriteTable withFormat(TableFormat format) {
    return new WriteTable(config.withFormat(format));
  }

  /** How files are compressed; NDJSON not with Snappy, which has no stream that is known widely. */
  public WriteTable withCompression(Compression compression) {
    return new WriteTable(config.withCompression(compression));
  }

  /**
   * Writes unbounded records for the commits of a schedule, whose windows they must be in: a
   * partition is written whole for the commit in which it is complete, and what comes later for
   * others. The files are below a folder of their commit's name, in which the row groups stay, too.
   */
  public WriteTable withCommits(CommitSchedule commits) {
    return new WriteTable(config.withCommits(commits));
  }

  @Override
  public PCollection<WrittenFile> expand(PCollection<Record> records) {
    RecordSchema schema = RecordCoder.schemaOf(records);
    config.format().check(config.compression());
    config.rowGroups(schema); // refuses a schema that the format doesn't have, before it runs
    if (config.commits() != null) {
      return forCommits(records, schema);
    }
    PCollection<KV<Long, Chunk>> chunks =
        Unwindow.all("Unwindow", records)
            .apply("EncodeRowGroups", ParDo.of(new EncodeRowGroups(config, schema)))
            .setCoder(KvCoder.of(VarLongCoder.of(), Chunk.ChunkCoder.of()));
    boolean bounded = records.isBounded() == PCollection.IsBounded.BOUNDED;
    return (bounded ? whole(chunks, schema) : inTurn(chunks, schema))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), WrittenFile.WrittenFileCoder.of()))
        .apply("AwaitAllFiles", GroupByKey.create())
        .apply("DeleteRowGroups", ParDo.of(new DeleteRowGroups(config.folder())))
        .setCoder(WrittenFile.WrittenFileCoder.of());
  }

  private PCollection<WrittenFile> forCommits(PCollection<Record> records, RecordSchema schema) {
    WindowFn<?, ?> windows = records.getWindowingStrategy().getWindowFn();
    if (!windows.equals(config.commits().windows())) {
      throw new IllegalArgumentException(
          "Invalid windowing of %s: %s (expected the windows of its commits)"
              .formatted(records.getName(), windows.getClass().getSimpleName()));
    }
    PCollection<KV<KV<Long, Long>, Chunk>> chunks =
        records
            .apply("EncodeForCommits", ParDo.of(new EncodeForCommits(config, schema)))
            .setCoder(
                KvCoder.of(
                    KvCoder.of(VarLongCoder.of(), VarLongCoder.of()), Chunk.ChunkCoder.of()));
    return Unwindow.all("Unwindow", chunks)
        .apply(
            "GatherForCommit",
            ParDo.of(new GatherForCommit(config, schema, PartitionBuffers.Limits.OF_COMMITS)))
        .setCoder(WrittenFile.WrittenFileCoder.of());
  }

  private PCollection<KV<String, WrittenFile>> whole(
      PCollection<KV<Long, Chunk>> chunks, RecordSchema schema) {
    return chunks
        .apply("GroupByPartition", GroupByKey.create())
        .apply("WriteFiles", ParDo.of(new WriteFiles(config, schema)));
  }

  /** A timer writes what there is, and not the end of a window: chunks come after it, too. */
  private PCollection<KV<String, WrittenFile>> inTurn(
      PCollection<KV<Long, Chunk>> chunks, RecordSchema schema) {
    TableConfig to = config;
    return chunks.apply(
        "GatherPartition",
        ParDo.of(
            new GatherPartition(
                config.table(),
                config.partitioning(),
                (partition, part, parts) -> to.files(schema).write(partition, part, parts),
                PartitionBuffers.Limits.DEFAULT.total())));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    config.populateDisplayData(builder);
  }

  /** Records to chunks by partition; what it holds, it gives out before the bundle ends. */
  private static final class EncodeRowGroups extends DoFn<Record, KV<Long, Chunk>> {
    private final TableConfig config;
    private final RecordSchema schema;
    private transient PartitionBuffers buffers;

    private EncodeRowGroups(TableConfig config, RecordSchema schema) {
      this.config = config;
      this.schema = schema;
    }

    @StartBundle
    public void startBundle() {
      if (buffers == null) {
        RowGroups rowGroups = config.rowGroups(schema);
        buffers =
            new PartitionBuffers(
                schema,
                config.partitioning(),
                partition -> rowGroups,
                PartitionBuffers.Limits.DEFAULT);
      }
      buffers.clear();
    }

    @ProcessElement
    public void processElement(@Element Record record, OutputReceiver<KV<Long, Chunk>> out)
        throws IOException {
      KV<Long, Chunk> full = buffers.add(record);
      if (full != null) {
        out.output(full);
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) throws IOException {
      for (KV<Long, Chunk> rest = buffers.drain(); rest != null; rest = buffers.drain()) {
        context.output(rest, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
      }
    }
  }

  /** All chunks of a partition to its files. */
  private static final class WriteFiles
      extends DoFn<KV<Long, Iterable<Chunk>>, KV<String, WrittenFile>> {
    private final TableConfig config;
    private final RecordSchema schema;

    private WriteFiles(TableConfig config, RecordSchema schema) {
      this.config = config;
      this.schema = schema;
    }

    @ProcessElement
    public void processElement(
        @Element KV<Long, Iterable<Chunk>> partition, OutputReceiver<KV<String, WrittenFile>> out)
        throws IOException {
      String name = config.partitioning().name(partition.getKey());
      for (WrittenFile file : config.files(schema).write(name, partition.getValue())) {
        out.output(KV.of(config.table(), file));
      }
    }
  }

  /** Deletes the row groups when no file needs them any more, in whatever attempt. */
  private static final class DeleteRowGroups
      extends DoFn<KV<String, Iterable<WrittenFile>>, WrittenFile> {
    private final OutputFolder folder;

    private DeleteRowGroups(OutputFolder folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void processElement(
        @Element KV<String, Iterable<WrittenFile>> table, OutputReceiver<WrittenFile> out)
        throws IOException {
      RowGroups.deleteAll(folder, table.getKey());
      table.getValue().forEach(out::output);
    }
  }
}
