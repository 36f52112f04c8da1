package dev.millrace.io.files;

import static dev.millrace.testing.Elements.assertElements;
import static dev.millrace.testing.RecordMatchers.hasOriginal;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.Gzip;
import dev.millrace.record.RawBlock;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Rejected;
import dev.millrace.record.RejectedAt;
import dev.millrace.record.Violation;
import dev.millrace.testing.PipelineExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PipelineExtension.class)
class ReadOriginalsTest {
  private static final Violation VIOLATION =
      new Violation(RejectReason.CONFLICTING_KEY, "id", "unique", "");

  @TempDir Path folder;

  @Test
  void readsTheLineThatStartsAtAPlace(TestPipeline pipeline) throws IOException {
    String longLine = "x".repeat(9_000);
    Path first = write("a.ndjson", "{1}\r\n\n{2}\n" + longLine + "\n{4}");
    Path second = write("b.ndjson", "{5}\n");

    PCollection<Rejected> read =
        read(pipeline, at(first, 0), at(first, 6), at(first, 10), at(first, 9_011), at(second, 0));

    assertElements(
        read,
        () ->
            containsInAnyOrder(
                hasOriginal("{1}"),
                hasOriginal("{2}"),
                hasOriginal(longLine),
                hasOriginal("{4}"),
                hasOriginal("{5}")));
    pipeline.run();
  }

  @Test
  void readsTheSameBytesAsTheFirstTime(TestPipeline pipeline) throws IOException {
    Path file = write("a.ndjson", "\ufeff{\"a\":1}\n  {\"b\":2} \n");
    RawBlock first = ReadFiles.of(files()).open().next().orElseThrow();
    String one = new String(first.raw(0).payload(), StandardCharsets.UTF_8);
    String two = new String(first.raw(1).payload(), StandardCharsets.UTF_8);

    PCollection<Rejected> read =
        read(pipeline, at(file, first.offset(0)), at(file, first.offset(1)));

    assertElements(read, () -> containsInAnyOrder(hasOriginal(one), hasOriginal(two)));
    pipeline.run();
  }

  @Test
  void failsAtAPlaceWhereNoRecordStarts(TestPipeline pipeline) throws IOException {
    Path file = write("a.ndjson", "{1}\n{2}\n");
    read(pipeline, at(file, 2));

    assertFails(pipeline, "Cannot read %s again: no record starts at byte 2".formatted(file));
  }

  @Test
  void failsAtAFileThatTheRunHasNotRead(TestPipeline pipeline) throws IOException {
    Path file = write("a.ndjson", "{1}\n{2}\n");
    read(pipeline, at(file.resolveSibling("b"), 0));

    assertFails(
        pipeline,
        "Cannot read %s again: it is none of the 1 files of this run"
            .formatted(file.resolveSibling("b")));
  }

  @Test
  void failsAtAFileThatHasChanged(TestPipeline pipeline) throws IOException {
    Path file = write("a.ndjson", "{1}\n{2}\n");
    read(pipeline, at(file, 0));
    write("a.ndjson", "{1}\n{2}\n{3}\n");

    assertFails(
        pipeline,
        "Cannot read %s: it changed while it was read, from 8 to 12 bytes".formatted(file));
  }

  @Test
  void isOfPlainFilesOfLinesOnly() throws IOException {
    write("a.ndjson", "{1}\n");
    assertThat(ReadFiles.of(files()).originals().isPresent(), is(true));
    assertThat(ReadFiles.of(files()).withFormat(FileFormat.CSV).originals().isPresent(), is(false));
    Files.write(folder.resolve("b.ndjson"), Gzip.of("{2}\n"));
    assertThat(ReadFiles.of(files()).originals().isPresent(), is(false));
  }

  @Test
  void saysOfHowManyFilesItIs() throws IOException {
    write("a.ndjson", "{1}\n");
    assertThat(
        DisplayData.from(ReadFiles.of(files()).originals().orElseThrow()).asMap().values().stream()
            .map(item -> item.getKey() + "=" + item.getValue())
            .toList(),
        is(List.of("files=1")));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private FileSet files() {
    return FileSet.match(List.of(folder + "/*"));
  }

  private PCollection<Rejected> read(TestPipeline pipeline, RejectedAt... rejects) {
    return pipeline
        .apply("Create", Create.of(List.of(rejects)).withCoder(RejectedAt.PlaceCoder.of()))
        .apply("ReadOriginals", ReadFiles.of(files()).originals().orElseThrow());
  }

  private static RejectedAt at(Path file, long offset) {
    return new RejectedAt("dedup", List.of(VIOLATION), file.toString(), offset, 5);
  }

  private static void assertFails(TestPipeline pipeline, String message) {
    RuntimeException failure = assertThrows(RuntimeException.class, pipeline::run);
    assertThat(failure.getMessage(), containsString(message));
  }
}
