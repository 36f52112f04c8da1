package dev.millrace.io.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.Events;
import dev.millrace.io.Tables;
import dev.millrace.record.CommitSchedule;
import dev.millrace.record.Disposition;
import dev.millrace.record.Partitioning;
import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.Tally;
import dev.millrace.record.WrittenFile;
import dev.millrace.testing.PipelineExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PipelineExtension.class)
class PublishCommitsTest {
  private static final CommitSchedule COMMITS =
      CommitSchedule.of("run", Duration.standardHours(1), Partitioning.DAY, Duration.ZERO);

  @TempDir Path output;

  @Test
  void publishesEachCommitAndCountsRecordsWhenTheyWereRead(TestPipeline pipeline) throws Exception {
    build(pipeline, Disposition.PUBLISHED);
    pipeline.run();

    Path commits = output.resolve("_runs/run");
    try (Stream<Path> files = Files.list(commits)) {
      assertThat(
          files.map(file -> file.getFileName().toString()).toList(),
          containsInAnyOrder(
              "20010114T110000Z.ndjson",
              "20010115T000000Z.ndjson",
              "20010115T110000Z.ndjson",
              "20010116T000000Z.ndjson"));
    }
    Manifest first = Manifest.read(commits.resolve("20010114T110000Z.ndjson"));
    assertThat(first.count(Disposition.READ), is(2L));
    assertThat(first.files(), is(List.of()));
    Manifest ofDay = Manifest.read(commits.resolve("20010115T000000Z.ndjson"));
    assertThat(ofDay.count(Disposition.READ), is(0L));
    assertThat(ofDay.rows("records"), is(2L));
    assertThat(
        Tables.query(output.resolve("records"), "dt, id", "ORDER BY id"),
        contains("2001-01-14|1", "2001-01-14|2", "2001-01-15|3"));
    assertThat(Files.exists(output.resolve("records/dt=2001-01-14/_SUCCESS")), is(true));
    assertThat(list(output.resolve("_staging")), is(List.of()));
  }

  /** One kind of count is missing: what was read has come to no end. */
  @Test
  void failsTheRunAndPublishesNothingWhenACommitDoesNotAddUp(TestPipeline pipeline)
      throws IOException {
    build(pipeline, Disposition.FLAGGED);
    PipelineExecutionException failure =
        assertThrows(PipelineExecutionException.class, pipeline::run);
    assertThat(
        failure.getMessage(),
        containsString(
            "Cannot publish commit 20010114T110000Z of run: 2 records were read, but 0 are accounted for"));
    assertThat(Files.exists(output.resolve("_runs")), is(false));
    assertThat(Files.exists(output.resolve("records")), is(false));
  }

  /** Two records of a day and one of the next, each read when it happened. */
  private void build(TestPipeline pipeline, Disposition end) {
    TestStream<Record> stream =
        TestStream.create(RecordCoder.of(Events.SCHEMA))
            .addElements(read("2001-01-14T10:00:00Z", 1), read("2001-01-14T10:59:59.999Z", 2))
            .advanceWatermarkTo(Instant.parse("2001-01-15T10:00:00Z"))
            .addElements(read("2001-01-15T10:00:00Z", 3))
            .advanceWatermarkToInfinity();
    String staging = output.resolve("_staging").toString();
    PCollection<Record> records =
        pipeline.apply("Stream", stream).apply("Commits", Window.into(COMMITS.windows()));
    PCollection<KV<Tally, Long>> tallies =
        records
            .apply(
                "Tally",
                FlatMapElements.into(
                        TypeDescriptors.kvs(
                            TypeDescriptor.of(Tally.class), TypeDescriptors.longs()))
                    .via(record -> tallies(record, end)))
            .setCoder(KvCoder.of(Tally.TallyCoder.of(), VarLongCoder.of()));
    PCollection<WrittenFile> files =
        records.apply("Write", WriteTable.to(staging, "records").withCommits(COMMITS));
    new ManifestEntries(PCollectionList.of(files), PCollectionList.of(tallies))
        .apply("Publish", PublishCommits.of(COMMITS, staging, output.toString()));
  }

  private static List<KV<Tally, Long>> tallies(Record record, Disposition end) {
    String partition = Partitioning.DAY.name(Partitioning.DAY.bucket(record.eventTimeMillis()));
    return List.of(
        KV.of(Tally.of(Disposition.READ), 1L),
        KV.of(new Tally(Disposition.ACCEPTED, "", partition, -1), 1L),
        KV.of(new Tally(end, "", partition, -1), 1L));
  }

  private static TimestampedValue<Record> read(String time, int id) {
    return TimestampedValue.of(Events.at(time, id), Instant.parse(time));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void refusesValuesThatCannotBe() {
    assertThat(
        refusal(() -> PublishCommits.of(COMMITS, "", "out")),
        is("Missing required value: staging"));
    assertThat(
        refusal(() -> PublishCommits.of(COMMITS, "staging", null)),
        is("Missing required value: output"));
    PublishCommits publish = PublishCommits.of(COMMITS, "staging", "out");
    assertThat(refusal(() -> publish.withQuarantine("")), is("Missing required value: quarantine"));
    assertThat(
        refusal(() -> publish.withMaxRejectedPercent(101)),
        is("Invalid maxRejectedPercent: 101.0 (expected a number from 0 to 100)"));
  }

  private static String refusal(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  @Test
  void displaysHowItIsConfigured() {
    DisplayData data =
        DisplayData.from(
            PublishCommits.of(COMMITS, "/staging", "/out")
                .withQuarantine("/rejects")
                .withAppended(Set.of("updates"))
                .withMaxRejectedPercent(5));
    assertThat(
        data.items().stream().map(item -> item.getKey() + "=" + item.getValue()).toList(),
        containsInAnyOrder(
            "schedule=" + COMMITS,
            "staging=/staging",
            "output=/out",
            "quarantine=/rejects",
            "appended=updates",
            "maxRejectedPercent=5.0"));
  }
}
