package dev.millrace.io.table;

import static dev.millrace.testing.Elements.assertElements;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;

import dev.millrace.io.Compression;
import dev.millrace.io.Events;
import dev.millrace.record.CommitSchedule;
import dev.millrace.record.Partitioning;
import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.testing.PipelineExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PipelineExtension.class)
class EncodeForCommitsTest {
  private static final CommitSchedule COMMITS =
      CommitSchedule.of(
          "run", Duration.standardHours(1), Partitioning.DAY, Duration.standardHours(1));

  @TempDir Path folder;

  /** Two readers are rarely in the same hour, and the shuffle mixes what they have read. */
  @Test
  void keepsRowsOfAPartitionTogetherThatWereReadInWindowsByTurns(TestPipeline pipeline) {
    List<TimestampedValue<Record>> rows = new ArrayList<>();
    for (int id = 0; id < 6; id++) {
      rows.add(readAt("2001-01-14T10:00:00Z", id % 2 == 0 ? 9 : 11, id));
    }
    assertElements(encode(pipeline, rows), () -> contains("20010115T010000Z dt=2001-01-14: 6"));
    pipeline.run();
  }

  @Test
  void losesNoRowOfMoreCommitsThanItHolds(TestPipeline pipeline) {
    List<TimestampedValue<Record>> rows = new ArrayList<>();
    for (int id = 0; id < 12; id++) {
      rows.add(readAt("2001-01-13T10:00:00Z", id % 6, id));
    }
    assertElements(
        encode(pipeline, rows),
        () ->
            containsInAnyOrder(
                "20010114T010000Z dt=2001-01-13: 1",
                "20010114T010000Z dt=2001-01-13: 1",
                "20010114T020000Z dt=2001-01-13: 1",
                "20010114T020000Z dt=2001-01-13: 1",
                "20010114T030000Z dt=2001-01-13: 1",
                "20010114T030000Z dt=2001-01-13: 1",
                "20010114T040000Z dt=2001-01-13: 2",
                "20010114T050000Z dt=2001-01-13: 2",
                "20010114T060000Z dt=2001-01-13: 2"));
    pipeline.run();
  }

  private static TimestampedValue<Record> readAt(String time, int hour, int id) {
    Instant read = Instant.parse("2001-01-14T00:00:00Z").plus(Duration.standardHours(hour));
    return TimestampedValue.of(Events.at(time, id), read);
  }

  @SuppressWarnings("unchecked") // Java has no arrays of a generic type
  private PCollection<String> encode(TestPipeline pipeline, List<TimestampedValue<Record>> rows) {
    TestStream<Record> stream =
        TestStream.create(RecordCoder.of(Events.SCHEMA))
            .addElements(rows.get(0), rows.subList(1, rows.size()).toArray(TimestampedValue[]::new))
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
        .apply("Stream", stream)
        .apply("Commits", Window.into(COMMITS.windows()))
        .apply("Encode", ParDo.of(new EncodeForCommits(config, Events.SCHEMA)))
        .setCoder(
            KvCoder.of(KvCoder.of(VarLongCoder.of(), VarLongCoder.of()), Chunk.ChunkCoder.of()))
        .apply(
            "Describe",
            MapElements.into(TypeDescriptors.strings()).via(EncodeForCommitsTest::describe));
  }

  private static String describe(KV<KV<Long, Long>, Chunk> chunk) {
    List<Record> rows = new ArrayList<>();
    ((Chunk.Packed) chunk.getValue()).rows().forEach(Events.SCHEMA, rows::add);
    return "%s %s: %s"
        .formatted(
            CommitSchedule.name(Instant.ofEpochMilli(chunk.getKey().getKey())),
            Partitioning.DAY.name(chunk.getKey().getValue()),
            rows.size());
  }
}
