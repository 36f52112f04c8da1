package dev.millrace.io.files;

import static dev.millrace.testing.Elements.assertElements;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.Gzip;
import dev.millrace.io.blocks.ReadProgress;
import dev.millrace.record.CsvDialect;
import dev.millrace.record.RawBlock;
import dev.millrace.testing.PipelineExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.BoundedSource.BoundedReader;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@ExtendWith(PipelineExtension.class)
@Isolated("counts what the process reads")
class ReadFilesTest {
  @TempDir Path folder;

  @Test
  void readsPlainAndGzipWithTheirProvenance(TestPipeline pipeline) throws IOException {
    Files.writeString(folder.resolve("a.ndjson"), "{1}\r\n\n{2}");
    Files.write(folder.resolve("b.ndjson.gz"), Gzip.of("{3}\n{4", "}\n"));
    Files.writeString(folder.resolve("c.ndjson"), "");
    PCollection<RawBlock> blocks =
        pipeline.apply("Read", ReadFiles.of(FileSet.match(List.of(folder + "/*"))));
    assertElements(
        lines(blocks),
        () ->
            containsInAnyOrder(
                "a.ndjson 0 {1}", "a.ndjson 6 {2}", "b.ndjson.gz 0 {3}", "b.ndjson.gz 4 {4}"));
    pipeline.run();
  }

  @Test
  void handsOnALineOverTheLimitInPieces(TestPipeline pipeline) throws IOException {
    Files.writeString(folder.resolve("a"), "0123456789\nab\n");
    FileSet files = FileSet.match(List.of(folder + "/a"));
    PCollection<RawBlock> blocks = pipeline.apply("Read", ReadFiles.of(files).withMaxLineBytes(6));
    assertElements(
        lines(blocks),
        () -> containsInAnyOrder("a 0 012345 (piece)", "a 6 6789 (piece)", "a 11 ab"));
    pipeline.run();
  }

  @Test
  void failsTheRunOnATruncatedFile(TestPipeline pipeline) throws IOException {
    byte[] file = Gzip.of("{1}\n{2}\n");
    Path path = folder.resolve("a.gz");
    Files.write(path, Arrays.copyOf(file, file.length - 5));
    pipeline.apply("Read", ReadFiles.of(FileSet.match(List.of(path.toString()))));
    RuntimeException e = assertThrows(RuntimeException.class, pipeline::run);
    assertThat(
        e.getMessage(),
        containsString(
            "Cannot read %s: truncated gzip stream after %d bytes"
                .formatted(path, file.length - 5)));
  }

  @Test
  void failsTheRunOnAFileThatIsGone(TestPipeline pipeline) throws IOException {
    Path path = Files.writeString(folder.resolve("a"), "x\n");
    pipeline.apply("Read", ReadFiles.of(FileSet.match(List.of(path.toString()))));
    Files.delete(path);
    RuntimeException e = assertThrows(RuntimeException.class, pipeline::run);
    assertThat(
        e.getMessage(),
        containsString("Cannot read %s: No such file or directory".formatted(path)));
  }

  @Test
  void splitsALargeFileAndReadsEveryLineOnce() throws Exception {
    Path path = folder.resolve("large");
    byte[] line = "0123456789abcdef0123456789abcde\n".getBytes(StandardCharsets.UTF_8);
    byte[] text = new byte[20 << 20];
    for (int at = 0; at < text.length; at += line.length) {
      System.arraycopy(line, 0, text, at, line.length);
    }
    Files.write(path, text);
    long countedBefore = ReadProgress.bytes();
    FileRange whole = FileRange.of(FileSet.match(List.of(path.toString())).files().get(0));
    List<FileSource> parts =
        new FileSource(List.of(whole), CsvDialect.RFC_4180, ReadLimits.DEFAULT)
            .split(1, PipelineOptionsFactory.create());
    assertThat(parts.size(), is(3));
    long lines = 0;
    for (FileSource part : parts) {
      lines += read(part).stream().mapToLong(RawBlock::size).sum();
    }
    assertThat(lines, is((20L << 20) / line.length));
    assertThat(ReadProgress.bytes() - countedBefore, is((long) text.length));
  }

  @Test
  void putsSmallFilesTogether() throws Exception {
    for (int i = 0; i < 20; i++) {
      Files.writeString(folder.resolve("f" + i), "x\n");
    }
    List<FileRange> ranges =
        FileSet.match(List.of(folder + "/*")).files().stream().map(FileRange::of).toList();
    FileSource source = new FileSource(ranges, CsvDialect.RFC_4180, ReadLimits.DEFAULT);
    List<FileSource> parts = source.split(1, PipelineOptionsFactory.create());
    assertThat(parts.size(), is(1));
    assertThat(read(parts.get(0)).size(), is(20));
    assertThat(source.getEstimatedSizeBytes(PipelineOptionsFactory.create()), is(40L));
    assertThat(source.toString(), equalTo(folder + "/f0 from byte 0 and 19 more"));
  }

  @Test
  void refusesAnImpossibleLimit() throws IOException {
    Files.writeString(folder.resolve("a"), "x");
    ReadFiles read = ReadFiles.of(FileSet.match(List.of(folder + "/a")));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> read.withMaxLineBytes(0));
    assertThat(e.getMessage(), equalTo("Invalid maxLineBytes: 0 (expected at least 1)"));
    e = assertThrows(IllegalArgumentException.class, () -> read.withMaxExpansion(0));
    assertThat(e.getMessage(), equalTo("Invalid maxExpansion: 0 (expected at least 1)"));
  }

  @Test
  void displaysWhatItReads() throws IOException {
    Files.writeString(folder.resolve("a"), "xyz");
    DisplayData data = DisplayData.from(ReadFiles.of(FileSet.match(List.of(folder + "/a"))));
    List<String> items =
        data.items().stream().map(item -> item.getKey() + "=" + item.getValue()).toList();
    assertThat(
        items,
        containsInAnyOrder(
            "files=1",
            "bytes=3",
            "format=by name",
            "csvDelimiter=,",
            "csvQuote=\"",
            "maxLineBytes=16777216",
            "maxExpansion=100"));
  }

  private static List<RawBlock> read(FileSource source) throws IOException {
    List<RawBlock> blocks = new ArrayList<>();
    try (BoundedReader<RawBlock> reader = source.createReader(PipelineOptionsFactory.create())) {
      for (boolean more = reader.start(); more; more = reader.advance()) {
        assertThat(reader.getCurrentTimestamp(), is(BoundedWindow.TIMESTAMP_MIN_VALUE));
        blocks.add(reader.getCurrent());
      }
    }
    return blocks;
  }

  private static PCollection<String> lines(PCollection<RawBlock> blocks) {
    return blocks.apply("Lines", ParDo.of(new ToLines())).setCoder(StringUtf8Coder.of());
  }

  private static final class ToLines extends DoFn<RawBlock, String> {
    @ProcessElement
    public void processElement(
        @Element RawBlock block, @Timestamp Instant timestamp, OutputReceiver<String> out) {
      assertThat(timestamp, is(BoundedWindow.TIMESTAMP_MIN_VALUE));
      String name = block.source().substring(block.source().lastIndexOf('/') + 1);
      for (int i = 0; i < block.size(); i++) {
        String text = new String(block.raw(i).payload(), StandardCharsets.UTF_8);
        String piece = block.isPiece() ? " (piece)" : "";
        out.output("%s %d %s%s".formatted(name, block.offset(i), text, piece));
      }
    }
  }
}
