package dev.millrace.quarantine;

import static dev.millrace.testing.Elements.assertElements;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.CommitSchedule;
import dev.millrace.record.Partitioning;
import dev.millrace.record.RawRecord;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Rejected;
import dev.millrace.record.Violation;
import dev.millrace.record.WrittenFile;
import dev.millrace.testing.PipelineExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.hamcrest.FeatureMatcher;
import org.hamcrest.Matcher;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PipelineExtension.class)
class WriteQuarantineTest {
  private static final QuarantineContext CONTEXT =
      new QuarantineContext("flights", "1.2.0", "ingest", "0.1.0");

  @TempDir Path folder;

  @Test
  void writesOneSortedFileAReason(TestPipeline pipeline) throws IOException {
    List<Rejected> rejects =
        List.of(
            rejected(RejectReason.MALFORMED, "b.ndjson", 0, "{"),
            rejected(RejectReason.WRONG_TYPE, "a.ndjson", 30, "{\"delay\":\"x\"}"),
            rejected(RejectReason.MALFORMED, "a.ndjson", 100, "]"),
            rejected(RejectReason.MALFORMED, "a.ndjson", 20, "["));
    assertElements(
        write(pipeline, rejects),
        () -> containsInAnyOrder(file("malformed", 3, 933), file("wrong_type", 1, 329)));
    pipeline.run();

    assertThat(
        contents(folder),
        equalTo(
            Map.of(
                "quarantine/reason=malformed/part-00000.ndjson",
                line("399f97adcd7252e4c30ee3dffc429bdd", "malformed", "a.ndjson", 20, "[")
                    + line("c069512b0df350b9d9cfde224c50a293", "malformed", "a.ndjson", 100, "]")
                    + line("566691892ff27b1aa8e2955ea183934c", "malformed", "b.ndjson", 0, "{"),
                "quarantine/reason=wrong_type/part-00000.ndjson",
                line(
                    "6806843fe7d392abc9e2c1620866762b",
                    "wrong_type",
                    "a.ndjson",
                    30,
                    "{\\\"delay\\\":\\\"x\\\"}"))));
  }

  @Test
  void givesTheSameBytesForTheSameRecordsInAnyOrder(TestPipeline pipeline) throws IOException {
    List<Rejected> shuffled = manyRejects();
    Collections.shuffle(shuffled, new Random(7));
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    pipeline
        .apply("CreateOne", create(manyRejects()))
        .apply("WriteOne", WriteQuarantine.to(one.toString(), CONTEXT).withShards(2));
    pipeline
        .apply("CreateTwo", create(shuffled))
        .apply("WriteTwo", WriteQuarantine.to(two.toString(), CONTEXT).withShards(2));
    pipeline.run();

    assertThat(contents(one), aMapWithSize(2 * RejectReason.values().length));
    assertThat(contents(two), equalTo(contents(one)));
  }

  @Test
  void givesBackEveryRecordThatEntered(TestPipeline pipeline) throws IOException {
    List<Rejected> rejects = manyRejects();
    rejects.add(rejects.get(0)); // a copy is a record too
    int size = rejects.size();
    assertElements(write(pipeline, rejects), () -> hasRows(size));
    pipeline.run();

    try (Stream<QuarantinedRecord> records = QuarantineReader.read(folder)) {
      assertThat(
          records.map(QuarantinedRecord::rejected).toList(),
          containsInAnyOrder(rejects.toArray(Rejected[]::new)));
    }
  }

  @Test
  void writesMoreThanItBuffers(TestPipeline pipeline) throws IOException {
    String half = "x".repeat(2_500_000);
    List<Rejected> rejects =
        IntStream.range(0, 5)
            .mapToObj(i -> rejected(RejectReason.MALFORMED, "in", 4 - i, half + i))
            .toList();
    assertElements(write(pipeline, rejects), () -> hasRows(5));
    pipeline.run();

    try (Stream<QuarantinedRecord> records = QuarantineReader.read(folder)) {
      assertThat(
          records.map(record -> record.rejected().raw().offset()).toList(),
          contains(0L, 1L, 2L, 3L, 4L));
    }
  }

  @Test
  void writesNothingWhereNothingWasRejected(TestPipeline pipeline) throws IOException {
    assertElements(write(pipeline, List.of()), () -> empty());
    pipeline.run();

    assertThat(contents(folder), anEmptyMap());
  }

  @Test
  void replacesWhatAnEarlierAttemptLeft(TestPipeline pipeline) throws IOException {
    Path reason = Files.createDirectories(folder.resolve("quarantine/reason=malformed"));
    Files.writeString(reason.resolve("part-00000.ndjson"), "complete, and longer".repeat(100));
    Files.writeString(reason.resolve(".part-00000.ndjson.tmp"), "cut".repeat(1_000));
    assertElements(
        write(pipeline, List.of(rejected(RejectReason.MALFORMED, "b.ndjson", 0, "{"))),
        () -> contains(file("malformed", 1, 310)));
    pipeline.run();

    assertThat(
        contents(folder),
        equalTo(
            Map.of(
                "quarantine/reason=malformed/part-00000.ndjson",
                line("566691892ff27b1aa8e2955ea183934c", "malformed", "b.ndjson", 0, "{"))));
  }

  @Test
  void writesFilesOfTheirOwnForEachCommit(TestPipeline pipeline) throws IOException {
    CommitSchedule commits =
        CommitSchedule.of("run", Duration.standardHours(1), Partitioning.DAY, Duration.ZERO);
    TestStream<Rejected> stream =
        TestStream.create(Rejected.RejectedCoder.of())
            .addElements(read("2001-01-15T07:00:00Z", 0), read("2001-01-15T08:00:00Z", 1))
            .advanceWatermarkTo(Instant.parse("2001-01-15T07:59:59.999Z"))
            .addElements(read("2001-01-15T07:59:59.999Z", 2))
            .advanceWatermarkToInfinity();
    PCollection<WrittenFile> files =
        pipeline
            .apply("Stream", stream)
            .apply("Commits", Window.into(commits.windows()))
            .apply("Write", WriteQuarantine.to(folder.toString(), CONTEXT).withCommits(commits));
    assertElements(files, () -> hasRows(3));
    pipeline.run();

    assertThat(
        contents(folder).keySet(),
        equalTo(
            Set.of(
                "20010115T080000Z/quarantine/reason=malformed/part-00000-00000.ndjson",
                "20010115T090000Z/quarantine/reason=malformed/part-00000-00000.ndjson")));
  }

  private static TimestampedValue<Rejected> read(String time, int offset) {
    return TimestampedValue.of(
        rejected(RejectReason.MALFORMED, "in", offset, "x"), Instant.parse(time));
  }

  @Test
  void refusesWindowsThatAreNotThoseOfItsCommits() {
    CommitSchedule commits =
        CommitSchedule.of("run", Duration.standardHours(1), Partitioning.DAY, Duration.ZERO);
    PCollection<Rejected> rejects = TestPipeline.create().apply("Create", create(List.of()));
    WriteQuarantine write = WriteQuarantine.to(folder.toString(), CONTEXT).withCommits(commits);
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> rejects.apply("Write", write));
    assertThat(
        failure.getMessage(),
        equalTo(
            "Invalid windowing of Create/FlatMapElements/FlatMap/ParMultiDo(Anonymous).output: GlobalWindows (expected the windows of its commits)"));
  }

  @Test
  void writesOneFileWhateverTheWindowsAndTriggers(TestPipeline pipeline) {
    List<TimestampedValue<Rejected>> rejects =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    TimestampedValue.of(
                        rejected(RejectReason.MALFORMED, "in", i, "x"),
                        Instant.ofEpochSecond(3_600L * i)))
            .toList();
    PCollection<WrittenFile> files =
        pipeline
            .apply("Create", Create.timestamped(rejects).withCoder(Rejected.RejectedCoder.of()))
            .apply(
                "Window",
                Window.<Rejected>into(FixedWindows.of(Duration.standardHours(2)))
                    .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                    .withAllowedLateness(Duration.ZERO)
                    .discardingFiredPanes())
            .apply("WriteQuarantine", WriteQuarantine.to(folder.toString(), CONTEXT));
    assertElements(files, () -> allOf(hasSize(1), hasRows(100)));
    pipeline.run();
  }

  @Test
  void spreadsAReasonOverShards(TestPipeline pipeline) {
    List<Rejected> rejects =
        IntStream.range(0, 100)
            .mapToObj(i -> rejected(RejectReason.MALFORMED, "in", i, "x"))
            .toList();
    PCollection<WrittenFile> files =
        pipeline
            .apply("Create", create(rejects))
            .apply("Write", WriteQuarantine.to(folder.toString(), CONTEXT).withShards(3));
    assertElements(files, () -> allOf(hasSize(3), hasRows(100)));
    pipeline.run();

    assertThat(
        QuarantineFile.of(rejects.get(0), 3),
        equalTo(QuarantineFile.of(rejected(RejectReason.MALFORMED, "in", 0, "other"), 3)));
  }

  @Test
  void failsTheRunWhereItCannotWrite(TestPipeline pipeline) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    pipeline
        .apply("Create", create(List.of(rejected(RejectReason.MALFORMED, "in", 0, "x"))))
        .apply("Write", WriteQuarantine.to(file.toString(), CONTEXT));

    PipelineExecutionException error =
        assertThrows(PipelineExecutionException.class, () -> pipeline.run());

    assertThat(
        error.getCause().getMessage(),
        startsWith(
            "Cannot write %s/quarantine/reason=malformed/part-00000.ndjson: Unable to create"
                .formatted(file)));
  }

  @Test
  void writesWhatNeverEndsAtTheEndOfTime(TestPipeline pipeline) {
    TestStream<Rejected> rejects =
        TestStream.create(Rejected.RejectedCoder.of())
            .addElements(rejected(RejectReason.MALFORMED, "b.ndjson", 0, "{"))
            .advanceWatermarkTo(Instant.ofEpochMilli(1))
            .addElements(
                rejected(RejectReason.MALFORMED, "a.ndjson", 0, "}"),
                rejected(RejectReason.WRONG_TYPE, "a.ndjson", 2, "[]"))
            .advanceWatermarkToInfinity();
    PCollection<WrittenFile> files =
        pipeline
            .apply("Stream", rejects)
            .apply("Write", WriteQuarantine.to(folder.toString(), CONTEXT));
    assertElements(
        paths(files),
        () ->
            containsInAnyOrder(
                "quarantine/reason=malformed/part-00000-00000.ndjson 2",
                "quarantine/reason=wrong_type/part-00000-00000.ndjson 1"));
    pipeline.run();
  }

  @Test
  void writesAPartWhereThereIsEnough(TestPipeline pipeline) {
    ChunkBuffer buffer = new ChunkBuffer(1);
    String file = "reason=malformed/part-00000.ndjson";
    List<KV<String, byte[]>> chunks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Rejected rejected = rejected(RejectReason.MALFORMED, "a.ndjson", i, "{");
      buffer.add(file, Line.of(QuarantinedRecord.of(rejected, CONTEXT)));
      buffer.drain((name, chunk) -> chunks.add(KV.of(name, chunk)));
    }
    TestStream<KV<String, byte[]>> stream =
        TestStream.create(KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of()))
            .addElements(chunks.get(0), chunks.get(1), chunks.get(2))
            .advanceWatermarkToInfinity();
    PCollection<WrittenFile> files =
        pipeline
            .apply("Stream", stream)
            .apply(
                "Gather",
                ParDo.of(
                    new GatherLines(folder.toString(), 2L * chunks.get(0).getValue().length - 20)))
            .setCoder(WrittenFile.WrittenFileCoder.of());
    assertElements(
        paths(files),
        () ->
            containsInAnyOrder(
                "quarantine/reason=malformed/part-00000-00000.ndjson 2",
                "quarantine/reason=malformed/part-00000-00001.ndjson 1"));
    pipeline.run();
  }

  private static PCollection<String> paths(PCollection<WrittenFile> files) {
    return files.apply(
        "Paths",
        MapElements.into(TypeDescriptors.strings()).via(file -> file.path() + " " + file.rows()));
  }

  @Test
  void refusesToGoWithoutAFolderOrAContext() {
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> WriteQuarantine.to(" ", CONTEXT))
            .getMessage(),
        equalTo("Missing required value: folder"));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> WriteQuarantine.to("out", null))
            .getMessage(),
        equalTo("Missing required value: context"));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1_001})
  void refusesAnImpossibleNumberOfShards(int shards) {
    WriteQuarantine write = WriteQuarantine.to("out", CONTEXT);

    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> write.withShards(shards));

    assertThat(
        error.getMessage(), equalTo("Invalid shards: %d (expected 1 to 1000)".formatted(shards)));
  }

  @Test
  void displaysItsConfiguration() {
    DisplayData data = DisplayData.from(WriteQuarantine.to("out", CONTEXT).withShards(4));

    Map<String, String> values = new TreeMap<>();
    data.items().forEach(item -> values.put(item.getKey(), String.valueOf(item.getValue())));
    assertThat(
        values,
        equalTo(
            Map.of(
                "folder", "out",
                "shards", "4",
                "contract", "flights",
                "contractVersion", "1.2.0",
                "pipeline", "ingest",
                "pipelineVersion", "0.1.0")));
  }

  private PCollection<WrittenFile> write(TestPipeline pipeline, List<Rejected> rejects) {
    return pipeline
        .apply("Create", create(rejects))
        .apply("WriteQuarantine", WriteQuarantine.to(folder.toString(), CONTEXT));
  }

  private static Create.Values<Rejected> create(List<Rejected> rejects) {
    return Create.of(rejects).withCoder(Rejected.RejectedCoder.of());
  }

  private static Rejected rejected(
      RejectReason reason, String source, long offset, String payload) {
    RawRecord raw = new RawRecord(source, offset, payload.getBytes(StandardCharsets.UTF_8));
    return Rejected.of("decode", new Violation(reason, "f", "r", "m"), raw);
  }

  /** 50 a reason, of three sources, half of them text, half of them any bytes. */
  private static List<Rejected> manyRejects() {
    Random random = new Random(7);
    List<Rejected> rejects = new ArrayList<>();
    for (RejectReason reason : RejectReason.values()) {
      for (int i = 0; i < 50; i++) {
        byte[] payload = new byte[random.nextInt(40)];
        random.nextBytes(payload);
        if (i % 2 == 0) {
          payload = HexFormat.of().formatHex(payload).getBytes(StandardCharsets.US_ASCII);
        }
        Violation first = new Violation(reason, "f", "r", "m" + i);
        Violation second = new Violation(RejectReason.UNKNOWN_FIELD, "g", "", "n");
        RawRecord raw = new RawRecord("in-" + i % 3, i, payload);
        rejects.add(
            new Rejected("decode", List.of(first, second), raw, OptionalLong.of(1_000L * i)));
      }
    }
    return rejects;
  }

  private static String line(
      String id, String reason, String source, long offset, String original) {
    return """
        {"id":"%s","stage":"decode","reason":"%s",\
        "violations":[{"reason":"%s","path":"f","rule":"r","message":"m"}],\
        "source":"%s","offset":%d,"eventTime":null,"contract":"flights",\
        "contractVersion":"1.2.0","pipeline":"ingest","pipelineVersion":"0.1.0",\
        "original":"%s"}
        """
        .formatted(id, reason, reason, source, offset, original);
  }

  private static WrittenFile file(String reason, long rows, long bytes) {
    String partition = "reason=" + reason;
    String path = "quarantine/" + partition + "/part-00000.ndjson";
    return new WrittenFile("quarantine", partition, path, rows, bytes);
  }

  private static Matcher<List<WrittenFile>> hasRows(long rows) {
    return new FeatureMatcher<List<WrittenFile>, Long>(equalTo(rows), "files with", "rows") {
      @Override
      protected Long featureValueOf(List<WrittenFile> files) {
        return files.stream().mapToLong(WrittenFile::rows).sum();
      }
    };
  }

  /** The content of every file below a folder, by its path in it. */
  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        contents.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
