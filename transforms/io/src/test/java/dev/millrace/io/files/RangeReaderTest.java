package dev.millrace.io.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.Packed;
import dev.millrace.io.codec.Codec;
import dev.millrace.io.files.FileSet.MatchedFile;
import dev.millrace.record.CsvDialect;
import dev.millrace.record.RawBlock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Files that change under a reader, or hold more than they seem to. */
class RangeReaderTest {
  /** More than a block. */
  private static final String LINES = "{\"a\":1}\n".repeat(50_000);

  /** A sixteenth of what a file may ask for otherwise. */
  private static final ReadLimits SMALL = new ReadLimits(1 << 20, 100, 4L << 20);

  @TempDir Path folder;

  @Test
  void readsAFileThatStaysAsItIs() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), LINES);
    try (RangeReader reader = open(file)) {
      assertThat(countRest(reader), is(50_000));
      assertThat(reader.next(), nullValue());
    }
  }

  @Test
  void noticesAFileThatIsCutOff() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), LINES);
    assertThat(
        failureAfter(() -> Files.writeString(file, LINES.substring(0, 160_000)), file),
        is(
            "Cannot read %s: it changed while it was read, from 400000 to 160000 bytes"
                .formatted(file)));
  }

  @Test
  void noticesAFileThatGrows() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), LINES);
    assertThat(
        failureAfter(() -> Files.writeString(file, "{}\n", StandardOpenOption.APPEND), file),
        is(
            "Cannot read %s: it changed while it was read, from 400000 to 400003 bytes"
                .formatted(file)));
  }

  @Test
  void noticesAFileThatIsReplacedByOneOfTheSameSize() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), LINES);
    Path other = Files.writeString(folder.resolve("b"), LINES.replace('1', '2'));
    Files.setLastModifiedTime(other, FileTime.fromMillis(1_000));
    assertThat(
        failureAfter(() -> Files.move(other, file, StandardCopyOption.REPLACE_EXISTING), file),
        is(
            "Cannot read %s: it changed while it was read, at 1970-01-01T00:00:01Z"
                .formatted(file)));
  }

  @Test
  void noticesAFileThatIsRemoved() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), LINES);
    assertThat(
        failureAfter(() -> Files.delete(file), file),
        is("Cannot read %s: it was removed while it was read".formatted(file)));
  }

  @Test
  void noticesAChangeAfterTheFilesWereMatchedAndBeforeTheyAreRead() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), LINES);
    FileRange range = FileRange.of(match(file));
    Files.writeString(file, LINES + "{}\n");
    try (RangeReader reader = RangeReader.open(range, CsvDialect.RFC_4180, ReadLimits.DEFAULT)) {
      IOException e = assertThrows(IOException.class, () -> countRest(reader));
      assertThat(
          e.getMessage(),
          is(
              "Cannot read %s: it changed while it was read, from 400000 to 400003 bytes"
                  .formatted(file)));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PLAIN")
  void noticesAChangeOfACompressedFile(Codec codec) throws IOException {
    Path file = Files.write(folder.resolve("a"), Packed.as(codec, LINES, LINES));
    byte[] more = Packed.as(codec, LINES);
    assertThat(
        failureAfter(() -> Files.write(file, more, StandardOpenOption.APPEND), file),
        matchesPattern(
            "Cannot read %s: it changed while it was read, from \\d+ to \\d+ bytes"
                .formatted(file)));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PLAIN")
  void stopsAtAFileThatHoldsOutOfAllProportion(Codec codec) throws IOException {
    for (char filler : new char[] {'\0', '\n'}) {
      Path file = bomb(codec, filler, 1 << 20);
      for (FileFormat format : FileFormat.values()) {
        FileRange range = FileRange.of(match(file), format);
        IOException e = assertThrows(IOException.class, () -> read(range, SMALL));
        assertThat(
            e.getMessage(),
            matchesPattern(
                "Cannot read %s: (its \\d+ bytes hold more than \\d+, \\d+ times as much \\(expected at most \\d+ times: see maxExpansion\\)|the (record|line) at byte [01] is longer than \\d+ bytes|expected '\\[' at byte 0 .*|no Avro container file: .*|it is compressed as a whole, .*)"
                    .formatted(file)));
      }
    }
  }

  @Test
  void readsSixtyFourMegabytesOfAnyFile() throws IOException {
    Path file = bomb(Codec.ZSTD, '\n', 16 << 20);
    IOException e =
        assertThrows(IOException.class, () -> read(FileRange.of(match(file)), ReadLimits.DEFAULT));
    assertThat(e.getMessage(), containsString(" bytes hold more than 67108864, "));
  }

  @Test
  void holdsToTheLimitOfExpansionThatIsSet() throws IOException {
    byte[] packed = Packed.as(Codec.ZSTD, " \n".repeat(4 << 20));
    FileRange range = FileRange.of(match(Files.write(folder.resolve("a"), packed)));
    int times = (8 << 20) / packed.length;
    assertThat(read(range, SMALL.withExpansion(times + 1)), is(0));
    assertThrows(IOException.class, () -> read(range, SMALL.withExpansion(times - 1)));
  }

  private static int read(FileRange range, ReadLimits limits) throws IOException {
    try (RangeReader reader = RangeReader.open(range, CsvDialect.RFC_4180, limits)) {
      return countRest(reader);
    }
  }

  /** Many times more of one character than is free: a stream of it, packed once and repeated. */
  private Path bomb(Codec codec, char filler, int streamBytes) throws IOException {
    byte[] packed = Packed.as(codec, String.valueOf(filler).repeat(streamBytes));
    Path file = folder.resolve("bomb");
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < 64; i++) {
        out.write(packed);
      }
    }
    assertThat(Files.size(file), lessThan(streamBytes / 2L));
    return file;
  }

  /** What can be done to a file. */
  private interface Change {
    void run() throws IOException;
  }

  /** The message of the failure if a file is changed after its first block. */
  private static String failureAfter(Change change, Path file) throws IOException {
    try (RangeReader reader = open(file)) {
      assertThat(reader.next(), notNullValue());
      change.run();
      return assertThrows(IOException.class, () -> countRest(reader)).getMessage();
    }
  }

  private static RangeReader open(Path file) throws IOException {
    return RangeReader.open(FileRange.of(match(file)), CsvDialect.RFC_4180, ReadLimits.DEFAULT);
  }

  private static MatchedFile match(Path file) {
    return FileSet.match(List.of(file.toString())).files().get(0);
  }

  private static int countRest(RangeReader reader) throws IOException {
    int records = 0;
    for (RawBlock block = reader.next(); block != null; block = reader.next()) {
      records += block.size();
    }
    return records;
  }
}
