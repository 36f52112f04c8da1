package dev.millrace.io.table;

import static dev.millrace.testing.Elements.assertElements;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.Compression;
import dev.millrace.io.Events;
import dev.millrace.io.Tables;
import dev.millrace.record.CommitSchedule;
import dev.millrace.record.Partitioning;
import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.WrittenFile;
import dev.millrace.testing.PipelineExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.hamcrest.Matchers;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(PipelineExtension.class)
class WriteTableTest {
  private static final long DAY = 86_400_000L;

  @TempDir Path folder;

  @Test
  void writesOnePartitionADay(TestPipeline pipeline) throws Exception {
    List<Record> records =
        List.of(
            Events.at("2001-01-15T00:00:00Z", 1),
            Events.at("2001-01-14T23:59:59.999Z", 2),
            Events.at("2001-01-15T23:59:59.999Z", 3),
            Events.at("1969-12-31T12:00:00Z", 4));
    PCollection<WrittenFile> files =
        create(pipeline, records).apply("Write", WriteTable.to(folder.toString(), "records"));
    assertElements(
        describe(files),
        () ->
            containsInAnyOrder(
                "records dt=1969-12-31 records/dt=1969-12-31/part-00000.parquet 1",
                "records dt=2001-01-14 records/dt=2001-01-14/part-00000.parquet 1",
                "records dt=2001-01-15 records/dt=2001-01-15/part-00000.parquet 2"));
    pipeline.run();
    assertThat(
        Tables.query(folder.resolve("records"), "dt, id, name, value", "ORDER BY dt, id"),
        contains(
            "1969-12-31|4|name 1|null",
            "2001-01-14|2|name 2|1.0",
            "2001-01-15|1|name 1|0.5",
            "2001-01-15|3|name 0|1.5"));
  }

  @Test
  void writesOnePartitionAnHourWhereAsked(TestPipeline pipeline) throws Exception {
    create(pipeline, List.of(Events.at("2001-01-15T07:59:59Z", 1)))
        .apply(
            "Write",
            WriteTable.to(folder.toString(), "records").withPartitioning(Partitioning.HOUR));
    pipeline.run();
    assertThat(
        Files.exists(folder.resolve("records/dt=2001-01-15/hour=07/part-00000.parquet")),
        equalTo(true));
  }

  @Test
  void writesTheSameBytesInAnyOrderOfArrival(TestPipeline pipeline) throws Exception {
    List<Record> records = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      records.add(Events.at(i * DAY / 700, i));
    }
    List<Record> shuffled = new ArrayList<>(records);
    Collections.shuffle(shuffled, new Random(1));
    create(pipeline, records).apply("Write", WriteTable.to(folder.toString(), "a"));
    pipeline
        .apply("CreateShuffled", Create.of(shuffled).withCoder(RecordCoder.of(Events.SCHEMA)))
        .apply("WriteShuffled", WriteTable.to(folder.toString(), "b"));
    pipeline.run();
    for (String day : List.of("dt=1970-01-01", "dt=1970-01-02", "dt=1970-01-03")) {
      Path file = Path.of(day, "part-00000.parquet");
      assertThat(
          Files.mismatch(folder.resolve("a").resolve(file), folder.resolve("b").resolve(file)),
          equalTo(-1L));
    }
  }

  @Test
  void writesOnePartitionOverAllWindows(TestPipeline pipeline) throws Exception {
    List<TimestampedValue<Record>> records =
        IntStream.range(0, 20)
            .mapToObj(i -> Events.at(i * 600_000L, i))
            .map(record -> TimestampedValue.of(record, record.eventTime()))
            .toList();
    PCollection<WrittenFile> files =
        pipeline
            .apply("Create", Create.timestamped(records).withCoder(RecordCoder.of(Events.SCHEMA)))
            .apply("Hours", Window.into(FixedWindows.of(Duration.standardHours(1))))
            .apply("Write", WriteTable.to(folder.toString(), "records"));
    assertElements(
        describe(files),
        () -> contains("records dt=1970-01-01 records/dt=1970-01-01/part-00000.parquet 20"));
    pipeline.run();
  }

  @Test
  void compressesAndSizesFilesAsAsked(TestPipeline pipeline) throws Exception {
    List<Record> records = IntStream.range(0, 100).mapToObj(i -> Events.at(0, i)).toList();
    create(pipeline, records)
        .apply(
            "Write",
            WriteTable.to(folder.toString(), "records")
                .withCompression(Compression.SNAPPY)
                .withTargetFileSize(1));
    pipeline.run();
    assertThat(
        Tables.query(
            "SELECT DISTINCT compression, row_group_num_rows FROM parquet_metadata('%s/**/*.parquet')"
                .formatted(folder)),
        contains("SNAPPY|100"));
  }

  @ParameterizedTest
  @CsvSource({
    "PARQUET, ZSTD, .parquet",
    "PARQUET, GZIP, .parquet",
    "NDJSON, ZSTD, .ndjson.zst",
    "NDJSON, GZIP, .ndjson.gz",
    "NDJSON, NONE, .ndjson",
    "AVRO, SNAPPY, .avro",
  })
  void writesEveryFormat(
      TableFormat format, Compression compression, String extension, TestPipeline pipeline) {
    create(pipeline, List.of(Events.at("2001-01-15T07:00:00Z", 1)))
        .apply(
            "Write",
            WriteTable.to(folder.toString(), "records")
                .withFormat(format)
                .withCompression(compression));
    pipeline.run();
    Path file = folder.resolve("records/dt=2001-01-15/part-00000" + extension);
    assertThat(TableRows.read(file).toString(), containsString("name 1"));
    assertThat(Files.exists(folder.resolve(".records.rowgroups")), equalTo(false));
  }

  @Test
  void refusesACompressionThatTheFormatDoesNotHave() {
    PCollection<Record> records =
        Pipeline.create().apply("Create", Create.empty(RecordCoder.of(Events.SCHEMA)));
    WriteTable write =
        WriteTable.to("x", "records")
            .withFormat(TableFormat.NDJSON)
            .withCompression(Compression.SNAPPY);
    assertThat(
        refusal(() -> records.apply("Write", write)),
        equalTo("Invalid compression of NDJSON: SNAPPY (expected ZSTD, GZIP or NONE)"));
    assertThat(
        refusal(() -> TableFormat.named("xml")), equalTo("xml (expected parquet, ndjson or avro)"));
  }

  @Test
  void writesNothingForNoRecords(TestPipeline pipeline) throws IOException {
    PCollection<WrittenFile> files =
        create(pipeline, List.of()).apply("Write", WriteTable.to(folder.toString(), "records"));
    assertElements(files, () -> Matchers.empty());
    pipeline.run();
    assertThat(Files.exists(folder.resolve("records")), equalTo(false));
  }

  @Test
  void failsTheRunWhereItCannotWrite(TestPipeline pipeline) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    create(pipeline, List.of(Events.at(0, 1)))
        .apply("Write", WriteTable.to(file.toString(), "records"));
    PipelineExecutionException e = assertThrows(PipelineExecutionException.class, pipeline::run);
    assertThat(e.getMessage(), containsString("Cannot write " + file + "/"));
  }

  @Test
  void writesWhatNeverEndsInPartsAndLosesNothingThatIsLate(TestPipeline pipeline) throws Exception {
    TestStream<Record> stream =
        TestStream.create(RecordCoder.of(Events.SCHEMA))
            .addElements(timed("2001-01-14T10:00:00Z", 1), timed("2001-01-15T10:00:00Z", 2))
            .advanceWatermarkTo(Instant.parse("2001-01-15T00:00:01Z"))
            .addElements(timed("2001-01-14T11:00:00Z", 3))
            .advanceWatermarkTo(Instant.parse("2001-01-16T00:00:01Z"))
            .addElements(timed("2001-01-14T12:00:00Z", 4))
            .advanceWatermarkToInfinity();
    PCollection<WrittenFile> files =
        pipeline
            .apply("Stream", stream)
            .apply("Write", WriteTable.to(folder.toString(), "records"));
    assertElements(
        describe(files),
        () ->
            containsInAnyOrder(
                "records dt=2001-01-14 records/dt=2001-01-14/part-00000-00000.parquet 2",
                "records dt=2001-01-14 records/dt=2001-01-14/part-00001-00000.parquet 1",
                "records dt=2001-01-15 records/dt=2001-01-15/part-00000-00000.parquet 1"));
    pipeline.run();
    assertThat(
        Tables.query(folder.resolve("records"), "dt, id", "ORDER BY id"),
        contains("2001-01-14|1", "2001-01-15|2", "2001-01-14|3", "2001-01-14|4"));
    assertThat(
        "no row groups are left",
        Files.exists(folder.resolve(".records.rowgroups")),
        equalTo(false));
  }

  @Test
  void writesAPartBeforeThePartitionEndsWhereThereIsEnough(TestPipeline pipeline) {
    TestStream<KV<Long, Chunk>> chunks =
        TestStream.create(KvCoder.of(VarLongCoder.of(), Chunk.ChunkCoder.of()))
            .addElements(chunk(60), chunk(60), chunk(60), chunk(10))
            .advanceWatermarkToInfinity();
    GatherPartition gather =
        new GatherPartition(
            "records",
            Partitioning.HOUR,
            (partition, part, parts) ->
                List.of(new WrittenFile("records", partition, part, count(parts), 0)),
            100);
    PCollection<KV<String, WrittenFile>> files =
        pipeline.apply("Chunks", chunks).apply("Gather", ParDo.of(gather));
    files.setCoder(KvCoder.of(StringUtf8Coder.of(), WrittenFile.WrittenFileCoder.of()));
    assertElements(
        describe(files.apply(Values.create())),
        () ->
            containsInAnyOrder(
                "records dt=1970-01-01/hour=01 part-00000 2",
                "records dt=1970-01-01/hour=01 part-00001 2"));
    pipeline.run();
  }

  @Test
  void writesAPartitionWholeForItsCommitAndWhatComesLaterForOthers(TestPipeline pipeline)
      throws Exception {
    TestStream<Record> stream =
        TestStream.create(RecordCoder.of(Events.SCHEMA))
            .addElements(
                readAt("2001-01-14T10:00:00Z", "2001-01-14T10:00:00Z", 1),
                readAt("2001-01-15T10:00:00Z", "2001-01-14T10:00:00Z", 2))
            .advanceWatermarkTo(Instant.parse("2001-01-15T00:59:59.999Z"))
            .addElements(readAt("2001-01-14T23:00:00Z", "2001-01-15T00:59:59.999Z", 3))
            .advanceWatermarkTo(Instant.parse("2001-01-15T02:30:00Z"))
            .addElements(readAt("2001-01-14T12:00:00Z", "2001-01-15T02:30:00Z", 4))
            .advanceWatermarkToInfinity();
    PCollection<WrittenFile> files =
        pipeline
            .apply("Stream", stream)
            .apply("Commits", Window.into(COMMITS.windows()))
            .apply("Write", WriteTable.to(folder.toString(), "records").withCommits(COMMITS));
    assertElements(
        describe(files),
        () ->
            containsInAnyOrder(
                "records dt=2001-01-14 20010115T010000Z/records/dt=2001-01-14/part-00000-00000.parquet 2",
                "records dt=2001-01-14 20010115T030000Z/records/dt=2001-01-14/part-00000-00000.parquet 1",
                "records dt=2001-01-15 20010116T010000Z/records/dt=2001-01-15/part-00000-00000.parquet 1"));
    pipeline.run();
    assertThat(
        Tables.query(folder.resolve("20010115T010000Z/records"), "dt, id", "ORDER BY id"),
        contains("2001-01-14|1", "2001-01-14|3"));
  }

  private static final CommitSchedule COMMITS =
      CommitSchedule.of(
          "run", Duration.standardHours(1), Partitioning.DAY, Duration.standardHours(1));

  private static TimestampedValue<Record> readAt(String time, String read, int id) {
    return TimestampedValue.of(Events.at(time, id), Instant.parse(read));
  }

  private static final Instant COMMIT = Instant.parse("2001-01-15T01:00:00Z");

  private static KV<KV<Long, Long>, Chunk> packed(int id) {
    long day = Partitioning.DAY.bucketNamed("dt=2001-01-14");
    return KV.of(
        KV.of(COMMIT.getMillis(), day),
        new Chunk.Packed(Events.block(List.of(Events.at("2001-01-14T10:00:00Z", id)))));
  }

  /** Three chunks of a row each, in one commit. */
  private PCollection<WrittenFile> gather(TestPipeline pipeline, PartitionBuffers.Limits limits) {
    TestStream<KV<KV<Long, Long>, Chunk>> chunks =
        TestStream.create(
                KvCoder.of(KvCoder.of(VarLongCoder.of(), VarLongCoder.of()), Chunk.ChunkCoder.of()))
            .addElements(packed(1), packed(2), packed(3))
            .advanceWatermarkTo(COMMIT.plus(Duration.millis(1)))
            .advanceWatermarkToInfinity();
    TableConfig config =
        new TableConfig(
            new OutputFolder(folder.toString()),
            "records",
            Partitioning.DAY,
            1 << 20,
            TableFormat.NDJSON,
            Compression.NONE,
            COMMITS);
    return pipeline
        .apply("Chunks", chunks)
        .apply("Gather", ParDo.of(new GatherForCommit(config, Events.SCHEMA, limits)))
        .setCoder(WrittenFile.WrittenFileCoder.of());
  }

  @Test
  void writesAPartForACommitWhereThereIsEnough(TestPipeline pipeline) {
    long enough = 2 * packed(1).getValue().byteSize();
    PCollection<WrittenFile> files =
        gather(pipeline, new PartitionBuffers.Limits(1 << 20, 1 << 20, enough));
    assertElements(
        describe(files),
        () ->
            containsInAnyOrder(
                "records dt=2001-01-14 20010115T010000Z/records/dt=2001-01-14/part-00000-00000.ndjson 2",
                "records dt=2001-01-14 20010115T010000Z/records/dt=2001-01-14/part-00001-00000.ndjson 1"));
    pipeline.run();
  }

  @Test
  void makesRowGroupsOfPackedRowsBeforeACommitEnds(TestPipeline pipeline) throws IOException {
    int worth = (int) (2 * packed(1).getValue().byteSize());
    PCollection<WrittenFile> files =
        gather(pipeline, new PartitionBuffers.Limits(1 << 20, worth, 1 << 20));
    assertElements(
        describe(files),
        () ->
            contains(
                "records dt=2001-01-14 20010115T010000Z/records/dt=2001-01-14/part-00000-00000.ndjson 3"));
    pipeline.run();
    try (Stream<Path> rowGroups =
        Files.list(folder.resolve("20010115T010000Z/.records.rowgroups"))) {
      assertThat(rowGroups.count(), equalTo(2L));
    }
  }

  @Test
  void refusesWindowsThatAreNotThoseOfItsCommits() {
    PCollection<Record> records =
        Pipeline.create().apply("Create", Create.empty(RecordCoder.of(Events.SCHEMA)));
    assertThat(
        refusal(() -> records.apply(WriteTable.to("x", "records").withCommits(COMMITS))),
        equalTo(
            "Invalid windowing of Create/FlatMapElements/FlatMap/ParMultiDo(Anonymous).output: GlobalWindows (expected the windows of its commits)"));
  }

  private static KV<Long, Chunk> chunk(long bytes) {
    return KV.of(1L, new Chunk.Encoded(new Chunk.Position(0, "s", bytes), 1, bytes, "p"));
  }

  private static long count(Iterable<Chunk> chunks) {
    return StreamSupport.stream(chunks.spliterator(), false).count();
  }

  private static TimestampedValue<Record> timed(String at, int id) {
    return TimestampedValue.of(Events.at(at, id), Instant.parse(at));
  }

  @Test
  void refusesValuesThatCannotBe() {
    assertThat(
        refusal(() -> WriteTable.to("", "records")), equalTo("Missing required value: folder"));
    assertThat(refusal(() -> WriteTable.to("x", "")), equalTo("Missing required value: table"));
    assertThat(
        refusal(() -> WriteTable.to("x", "records").withTargetFileSize(0)),
        equalTo("Invalid targetFileSize: 0 (expected at least 1)"));
  }

  @Test
  void displaysHowItIsConfigured() {
    DisplayData data =
        DisplayData.from(
            WriteTable.to("/out", "records")
                .withTargetFileSize(5)
                .withCompression(Compression.NONE)
                .withPartitioning(Partitioning.HOUR));
    assertThat(
        data.items().stream().map(item -> item.getKey() + "=" + item.getValue()).toList(),
        containsInAnyOrder(
            "folder=/out",
            "table=records",
            "partitioning=HOUR",
            "targetFileSize=5",
            "format=PARQUET",
            "compression=NONE"));
  }

  private static String refusal(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  private static PCollection<Record> create(TestPipeline pipeline, List<Record> records) {
    return pipeline.apply("Create", Create.of(records).withCoder(RecordCoder.of(Events.SCHEMA)));
  }

  private static PCollection<String> describe(PCollection<WrittenFile> files) {
    return files
        .apply(
            "Describe",
            MapElements.into(TypeDescriptors.strings())
                .via(
                    file ->
                        "%s %s %s %d"
                            .formatted(file.table(), file.partition(), file.path(), file.rows())))
        .setCoder(StringUtf8Coder.of());
  }
}
