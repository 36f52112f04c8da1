package dev.millrace.io.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.CsvDialect;
import dev.millrace.record.RawBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShuffleFilesTest {
  private static final Duration LATENESS = Duration.ofMillis(50);

  @TempDir Path folder;

  @Test
  void letsNoRecordComeLaterThanTheLateness() throws IOException {
    List<String> lines = IntStream.range(0, 500).mapToObj(String::valueOf).toList();
    Path input = Files.write(folder.resolve("in.ndjson"), lines);
    List<String> shuffled = shuffle(input, 7);
    assertThat(shuffled, not(is(lines)));
    assertThat(shuffled, containsInAnyOrder(lines.toArray(String[]::new)));
    long latest = 0;
    for (String line : shuffled) {
      assertThat(line, latest - Long.parseLong(line) < LATENESS.toMillis());
      latest = Math.max(latest, Long.parseLong(line));
    }
    assertThat("the same order", shuffle(input, 7), is(shuffled));
    assertThat("another order", shuffle(input, 8), not(is(shuffled)));
  }

  @Test
  void writesFilesInTheOrderOfTheirNames() throws IOException {
    Path input = Files.writeString(folder.resolve("in.ndjson"), "1\n2\n{\n");
    FileSet files = FileSet.match(List.of(input.toString()));
    Path to = folder.resolve("two");
    ShuffleFiles.of(files).writeTo(to, 2, ShuffleFilesTest::time, Duration.ZERO, 1);
    assertThat(Files.readString(to.resolve("00000.ndjson")), is("1\n"));
    assertThat(Files.readString(to.resolve("00001.ndjson")), is("2\n{\n"));
    assertThat(Files.getLastModifiedTime(to.resolve("00001.ndjson")).toMillis(), is(2_000L));
  }

  @Test
  void keepsTheHeaderOfCsv() throws IOException {
    Path input = Files.writeString(folder.resolve("in.txt"), "'n'\n2\n1\n");
    Path to = folder.resolve("csv");
    ShuffleFiles.of(FileSet.match(List.of(input.toString())))
        .withFormat(FileFormat.CSV)
        .withDialect(new CsvDialect(';', '\''))
        .writeTo(to, 1, ShuffleFilesTest::time, Duration.ZERO, 1);
    assertThat(Files.readString(to.resolve("00000.csv")), is("'n'\n1\n2\n"));
  }

  @Test
  void saysWhatItCannotWrite() throws IOException {
    Path input = Files.writeString(folder.resolve("in.ndjson"), "1\n");
    ShuffleFiles files = ShuffleFiles.of(FileSet.match(List.of(input.toString())));
    UncheckedIOException e =
        assertThrows(
            UncheckedIOException.class,
            () -> files.writeTo(input, 1, ShuffleFilesTest::time, LATENESS, 1));
    assertThat(e.getMessage(), startsWith("Cannot shuffle the input: " + input));
  }

  private List<String> shuffle(Path input, long seed) throws IOException {
    Path to = Files.createTempDirectory(folder, "shuffled");
    ShuffleFiles.of(FileSet.match(List.of(input.toString())))
        .writeTo(to, 3, ShuffleFilesTest::time, LATENESS, seed);
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(to)) {
      for (Path file : files.sorted().toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  private static Instant time(RawBlock block) {
    String text = new String(block.raw(0).payload(), StandardCharsets.UTF_8);
    return text.matches("\\d+")
        ? Instant.ofEpochMilli(Long.parseLong(text))
        : BoundedWindow.TIMESTAMP_MIN_VALUE;
  }
}
