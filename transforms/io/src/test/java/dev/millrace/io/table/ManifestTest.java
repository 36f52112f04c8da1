package dev.millrace.io.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.Disposition;
import dev.millrace.record.Tally;
import dev.millrace.record.WrittenFile;
import dev.millrace.testing.PipelineExtension;
import dev.millrace.testing.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.hamcrest.Matchers;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PipelineExtension.class)
class ManifestTest {
  private static final WrittenFile FILE =
      new WrittenFile("records", "dt=2001-01-15", "records/dt=2001-01-15/part-0.parquet", 7, 99);
  private static final WrittenFile OTHER =
      new WrittenFile("late", "dt=2001-01-14", "late/dt=2001-01-14/\"ş\".parquet", 2, 11);
  private static final Tally PUBLISHED = new Tally(Disposition.PUBLISHED, "", "dt=2001-01-15", 7);
  private static final Tally REJECTED = new Tally(Disposition.REJECTED, "malformed", "", -1);

  @TempDir Path folder;

  @Test
  void listsFilesAndSumsTalliesInTheOrderOfTheLines(TestPipeline pipeline) throws IOException {
    PCollection<WrittenFile> windowed =
        files(pipeline, "Late", OTHER)
            .apply("Window", Window.into(FixedWindows.of(Duration.standardDays(1))));
    PCollection<KV<Tally, Long>> windowedTallies =
        tallies(pipeline, "Windowed", List.of(KV.of(PUBLISHED, 2L)))
            .apply("WindowTallies", Window.into(FixedWindows.of(Duration.standardDays(1))));
    new ManifestEntries(
            PCollectionList.of(files(pipeline, "Files", FILE)).and(windowed),
            PCollectionList.of(
                    tallies(
                        pipeline,
                        "Tallies",
                        List.of(KV.of(REJECTED, 1L), KV.of(PUBLISHED, 3L), KV.of(REJECTED, 1L))))
                .and(windowedTallies))
        .apply("WriteManifest", WriteManifest.to(folder.toString()));
    pipeline.run();
    Path file = folder.resolve("manifest.ndjson");
    assertThat(
        Files.readString(file),
        equalTo(
            """
            {"file":{"table":"late","partition":"dt=2001-01-14","path":"late/dt=2001-01-14/\\"ş\\".parquet","rows":2,"bytes":11}}
            {"file":{"table":"records","partition":"dt=2001-01-15","path":"records/dt=2001-01-15/part-0.parquet","rows":7,"bytes":99}}
            {"tally":{"disposition":"published","detail":"","partition":"dt=2001-01-15","hour":7},"count":5}
            {"tally":{"disposition":"rejected","detail":"malformed","partition":"","hour":-1},"count":2}
            """));
    assertThat(
        Manifest.read(file),
        equalTo(new Manifest(List.of(OTHER, FILE), Map.of(PUBLISHED, 5L, REJECTED, 2L))));
  }

  @Test
  void isThereWithoutFilesAndTallies(TestPipeline pipeline) {
    new ManifestEntries(
            PCollectionList.of(files(pipeline, "None")), PCollectionList.empty(pipeline))
        .apply("WriteManifest", WriteManifest.to(folder.toString()));
    pipeline.run();
    Manifest manifest = Manifest.read(folder.resolve("manifest.ndjson"));
    assertThat(manifest.files(), empty());
    assertThat(manifest.tallies(), aMapWithSize(0));
  }

  @Test
  void failsTheRunWhereItCannotWrite(TestPipeline pipeline) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    new ManifestEntries(
            PCollectionList.of(files(pipeline, "Files", FILE)), PCollectionList.empty(pipeline))
        .apply("WriteManifest", WriteManifest.to(file.toString()));
    PipelineExecutionException e = assertThrows(PipelineExecutionException.class, pipeline::run);
    assertThat(e.getMessage(), Matchers.containsString("Cannot write " + file + "/"));
  }

  @Test
  void failsTheRunIfTheDiskIsFull(TestPipeline pipeline) throws IOException {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 10, 8)) {
      disk.leavePages(0);
      new ManifestEntries(
              PCollectionList.of(files(pipeline, "Files", FILE)), PCollectionList.empty(pipeline))
          .apply("WriteManifest", WriteManifest.to(folder.resolve("disk").toString()));
      PipelineExecutionException e = assertThrows(PipelineExecutionException.class, pipeline::run);
      assertThat(
          e.getMessage(),
          Matchers.containsString(
              "Cannot write %s/disk/manifest.ndjson: No space left on device".formatted(folder)));
    }
  }

  @Test
  void countsByDispositionPartitionAndDetail() {
    Manifest manifest =
        new Manifest(
            List.of(FILE, OTHER),
            Map.of(
                new Tally(Disposition.REJECTED, "malformed", "", -1), 1L,
                new Tally(Disposition.REJECTED, "malformed", "dt=2001-01-15", -1), 2L,
                new Tally(Disposition.REJECTED, "out_of_range", "dt=2001-01-15", -1), 4L,
                new Tally(Disposition.PUBLISHED, "", "dt=2001-01-15", 1), 8L,
                new Tally(Disposition.PUBLISHED, "", "dt=2001-01-15", 2), 16L));
    assertThat(manifest.count(Disposition.REJECTED), is(7L));
    assertThat(manifest.count(Disposition.REJECTED, "dt=2001-01-15"), is(6L));
    assertThat(manifest.count(Disposition.LATE), is(0L));
    assertThat(
        manifest.countByDetail(Disposition.REJECTED),
        equalTo(Map.of("malformed", 3L, "out_of_range", 4L)));
    assertThat(
        manifest.countByPartition(Disposition.PUBLISHED), equalTo(Map.of("dt=2001-01-15", 24L)));
    assertThat(manifest.files("late"), contains(OTHER));
    assertThat(manifest.rows("records"), is(7L));
  }

  @Test
  void saysThatAManifestIsMissing() {
    Path file = folder.resolve("manifest.ndjson");
    assertThat(failure(file), equalTo("Cannot read manifest: %s does not exist".formatted(file)));
  }

  @Test
  void saysWhichLineOfAManifestIsWrong() throws IOException {
    String good = ManifestLines.ofFile(FILE);
    assertThat(failureOf(good, "{\"file\":"), startsWith("2: Unexpected end-of-input"));
    assertThat(failureOf("[]"), equalTo("1: START_ARRAY instead of START_OBJECT"));
    assertThat(failureOf("{\"other\":{}}"), equalTo("1: neither a file nor a tally"));
    assertThat(failureOf("{\"file\":{\"table\":\"t\"}}"), equalTo("1: it has no partition"));
    assertThat(
        failureOf(
            "{\"tally\":{\"disposition\":\"lost\",\"detail\":\"\",\"partition\":\"\",\"hour\":0},\"count\":1}"),
        equalTo("1: unknown disposition lost"));
    assertThat(
        failureOf(
            "{\"tally\":{\"disposition\":\"read\",\"detail\":\"\",\"partition\":\"\",\"hour\":0}}"),
        equalTo("1: it has no count"));
  }

  @Test
  void displaysItsFolder() {
    DisplayData data = DisplayData.from(WriteManifest.to("/out"));
    assertThat(
        data.items().stream().map(item -> item.getKey() + "=" + item.getValue()).toList(),
        contains("folder=/out"));
  }

  private String failureOf(String... lines) throws IOException {
    Path file = Files.write(folder.resolve("wrong.ndjson"), List.of(lines));
    String message = failure(file);
    String start = "Cannot read manifest: %s:".formatted(file);
    assertThat(message, startsWith(start));
    return message.substring(start.length());
  }

  private static String failure(Path file) {
    return assertThrows(UncheckedIOException.class, () -> Manifest.read(file)).getMessage();
  }

  private static PCollection<WrittenFile> files(
      TestPipeline pipeline, String name, WrittenFile... files) {
    return pipeline.apply(
        name, Create.of(List.of(files)).withCoder(WrittenFile.WrittenFileCoder.of()));
  }

  private static PCollection<KV<Tally, Long>> tallies(
      TestPipeline pipeline, String name, List<KV<Tally, Long>> tallies) {
    return pipeline.apply(
        name, Create.of(tallies).withCoder(KvCoder.of(Tally.TallyCoder.of(), VarLongCoder.of())));
  }
}
