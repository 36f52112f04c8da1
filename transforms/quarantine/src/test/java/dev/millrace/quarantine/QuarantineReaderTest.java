package dev.millrace.quarantine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.RawRecord;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Rejected;
import dev.millrace.record.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineReaderTest {
  private static final QuarantinedRecord ONE = record("one");
  private static final QuarantinedRecord TWO = record("two");

  @TempDir Path folder;

  @Test
  void readsAFile() throws IOException {
    Path file = write("part-00000.ndjson", ONE, TWO);

    assertThat(read(file), contains(ONE, TWO));
  }

  @Test
  void readsTheFilesOfAFolderInTheOrderOfTheirPaths() throws IOException {
    write("reason=wrong_type/part-00000.ndjson", TWO);
    write("reason=malformed/part-00001.ndjson", TWO);
    write("reason=malformed/part-00000.ndjson", ONE);

    assertThat(read(folder), contains(ONE, TWO, TWO));
  }

  @Test
  void passesOverMarkersAndFilesThatAreNotComplete() throws IOException {
    write("reason=malformed/part-00000.ndjson", ONE);
    write("reason=malformed/.part-00001.ndjson.tmp", TWO);
    Files.createFile(folder.resolve("reason=malformed/_SUCCESS"));

    assertThat(read(folder), contains(ONE));
  }

  @Test
  void findsNothingInAnEmptyFolder() throws IOException {
    assertThat(read(folder), empty());
  }

  @Test
  void opensAFileOnlyWhenItIsReached() throws IOException {
    write("part-00000.ndjson", ONE);
    Files.writeString(folder.resolve("part-00001.ndjson"), "not read");

    try (Stream<QuarantinedRecord> records = QuarantineReader.read(folder)) {
      assertThat(records.findFirst().orElseThrow(), equalTo(ONE));
    }
  }

  @Test
  void namesTheFolderThatIsNotThere() {
    Path absent = folder.resolve("absent");

    IOException error = assertThrows(IOException.class, () -> read(absent));

    assertThat(error.getMessage(), equalTo("Cannot read %s: it does not exist".formatted(absent)));
  }

  @Test
  void namesTheLineThatIsNotARecord() throws IOException {
    Path file = write("part-00000.ndjson", ONE);
    Files.writeString(file, Files.readString(file) + "{\"id\":1}\n");

    UncheckedIOException error = assertThrows(UncheckedIOException.class, () -> read(file));

    assertThat(
        error.getMessage(),
        equalTo("Cannot read %s: line 2 is not a quarantined record".formatted(file)));
  }

  @Test
  void namesTheLineThatIsNotUtf8() throws IOException {
    Path file = folder.resolve("part-00000.ndjson");
    Files.write(file, new byte[] {(byte) 0xff, '\n'});

    UncheckedIOException error = assertThrows(UncheckedIOException.class, () -> read(file));

    assertThat(
        error.getMessage(), equalTo("Cannot read %s: line 1: Input length = 1".formatted(file)));
  }

  private Path write(String name, QuarantinedRecord... records) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        Stream.of(records)
            .map(record -> new String(LineFormat.encode(record), StandardCharsets.UTF_8) + "\n")
            .reduce("", String::concat));
    return file;
  }

  private static List<QuarantinedRecord> read(Path path) throws IOException {
    try (Stream<QuarantinedRecord> records = QuarantineReader.read(path)) {
      return records.toList();
    }
  }

  private static QuarantinedRecord record(String payload) {
    return QuarantinedRecord.of(
        Rejected.of(
            "decode",
            new Violation(RejectReason.MALFORMED, "", "", "m"),
            new RawRecord("in", 0, payload.getBytes(StandardCharsets.UTF_8))),
        new QuarantineContext("c", "1", "p", "2"));
  }
}
