package dev.millrace.io.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.millrace.io.Gzip;
import dev.millrace.io.InputException;
import dev.millrace.io.InputException.Kind;
import dev.millrace.io.codec.Codec;
import dev.millrace.io.files.FileSet.MatchedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSetTest {
  private static final Instant DAY_14 = Instant.parse("2001-01-14T00:00:00Z");
  private static final Instant DAY_16 = Instant.parse("2001-01-16T00:00:00Z");
  private static final Instant DAY_17 = Instant.parse("2001-01-17T00:00:00Z");

  @TempDir Path folder;

  @Test
  void findsFilesInTheOrderOfTheirNamesEachOnce() throws IOException {
    Path b = write("b.ndjson", "12345");
    Path a = write("a.ndjson", "123");
    FileSet files = FileSet.match(List.of(b.toString(), folder + "/*.ndjson", folder + "/a*"));
    assertThat(files.paths(), contains(a.toString(), b.toString()));
    assertThat(files.bytes(), is(8L));
    assertThat(files.missing(), empty());
    assertThat(files, Matchers.hasToString("2 files, 8 bytes"));
  }

  @Test
  void tellsHowAFileIsCompressedByContentAndNotByName() throws IOException {
    Path plain = write("a.gz", "plain");
    Path gzip = folder.resolve("b.ndjson");
    Files.write(gzip, Gzip.of("text"));
    assertThat(
        FileSet.match(List.of(folder + "/*")).files(),
        contains(
            new MatchedFile(plain.toString(), 5, modified(plain), Codec.PLAIN),
            new MatchedFile(gzip.toString(), Files.size(gzip), modified(gzip), Codec.GZIP)));
    assertThat(
        FileSet.match(List.of(folder + "/*")).uncompressedBytes(), is(5 + 8 * Files.size(gzip)));
  }

  @Test
  void findsTheFilesOfEachDayOfAnInterval() throws IOException {
    write("dt=2001-01-13/x", "before");
    Path day14 = write("dt=2001-01-14/x", "in");
    Path day16 = write("dt=2001-01-16/x", "in");
    write("dt=2001-01-17/x", "after");
    FileSet files = FileSet.match(List.of(folder + "/dt={date}/*"), DAY_14, DAY_17);
    assertThat(files.paths(), contains(day14.toString(), day16.toString()));
    assertThat(files.missing(), contains(folder + "/dt=2001-01-15/*"));
  }

  @Test
  void takesTheDaysThatAnIntervalTouches() {
    assertThat(
        DatePattern.days(
            Instant.parse("2001-02-28T23:00:00Z"), Instant.parse("2001-03-01T00:00:00.001Z")),
        contains(LocalDate.parse("2001-02-28"), LocalDate.parse("2001-03-01")));
    assertThat(
        DatePattern.on(LocalDate.parse("2001-02-28"), "{date}/{date}.gz"),
        is("2001-02-28/2001-02-28.gz"));
  }

  @Test
  void takesTheDaysAroundAnIntervalThatAreThere() throws IOException {
    Path day12 = write("2001-01-12.ndjson", "x");
    Path day14 = write("2001-01-14.ndjson", "");
    Path day15 = write("2001-01-15.ndjson", "xx");
    Path day17 = write("2001-01-17.ndjson", "x");
    write("2001-01-11.ndjson", "x");
    write("2001-01-18.ndjson", "x");

    FileSet files =
        FileSet.match(
            List.of(folder + "/{date}.ndjson"),
            DAY_14,
            DAY_16,
            Duration.ofHours(25),
            Duration.ofHours(25));

    assertThat(
        files.paths(),
        contains(day12.toString(), day14.toString(), day15.toString(), day17.toString()));
    assertThat(files.missing(), empty());
    assertThat(files.bytes(), is(4L));
    assertThat(files.days().get(day12.toString()), is(LocalDate.parse("2001-01-12")));
    assertThat(files.days().get(day17.toString()), is(LocalDate.parse("2001-01-17")));
  }

  @Test
  void refusesAnIntervalOfWhichOnlyTheDaysAroundItAreThere() throws IOException {
    write("2001-01-13.gz", "x");
    List<String> input = List.of(folder + "/{date}.gz");
    Duration day = Duration.ofDays(1);

    InputException missing =
        assertThrows(
            InputException.class, () -> FileSet.match(input, DAY_14, DAY_16, day, Duration.ZERO));
    assertThat(
        missing.getMessage(),
        is("Cannot find input: no file matches " + folder + "/2001-01-14.gz or the 1 days after"));

    Path file = write("2001-01-14.gz", "");
    InputException empty =
        assertThrows(InputException.class, () -> FileSet.match(input, DAY_14, DAY_16, day, day));
    assertThat(empty.getMessage(), is("Cannot read input: " + file + " is empty"));
  }

  @Test
  void knowsNoDayOfAPatternWithoutADate() throws IOException {
    Path file = write("2001-01-14.ndjson", "x");
    assertThat(FileSet.match(List.of(file.toString()), DAY_14, DAY_17).days(), anEmptyMap());
  }

  @Test
  void takesAPatternWithoutADateAsItIs() throws IOException {
    Path file = write("all.ndjson", "x");
    assertThat(
        FileSet.match(List.of(file.toString()), DAY_14, DAY_17).paths(), contains(file.toString()));
  }

  @Test
  void refusesAMissingFile() {
    assertThat(
        failure(Kind.NOT_FOUND, folder + "/y.ndjson"),
        equalTo("Cannot find input: " + folder + "/y.ndjson does not exist"));
    assertThat(
        failure(Kind.NOT_FOUND, "/no/such/folder/y.ndjson"),
        equalTo("Cannot find input: /no/such/folder/y.ndjson does not exist"));
  }

  @Test
  void refusesAGlobThatMatchesNothing() throws IOException {
    write("a.ndjson", "x");
    assertThat(
        failure(Kind.NOT_FOUND, folder + "/*.gz"),
        equalTo("Cannot find input: no file matches " + folder + "/*.gz"));
  }

  @Test
  void refusesOnePatternThatMatchesNothingBesideOneThatDoes() throws IOException {
    Path there = write("a.ndjson", "x");
    InputException e =
        assertThrows(
            InputException.class,
            () -> FileSet.match(List.of(there.toString(), folder + "/b.ndjson")));
    assertThat(
        e.getMessage(), equalTo("Cannot find input: " + folder + "/b.ndjson does not exist"));
  }

  @Test
  void refusesAnIntervalOfWhichNoDayIsThere() {
    InputException e =
        assertThrows(
            InputException.class,
            () -> FileSet.match(List.of(folder + "/{date}.gz"), DAY_14, DAY_17));
    assertThat(e.kind(), is(Kind.NOT_FOUND));
    assertThat(
        e.getMessage(),
        equalTo(
            "Cannot find input: no file matches " + folder + "/2001-01-14.gz or the 2 days after"));
  }

  @Test
  void refusesADirectory() {
    assertThat(
        failure(Kind.UNREADABLE, folder.toString()),
        equalTo(
            "Cannot read input: %s is a directory (expected a file, or a pattern such as %s/*)"
                .formatted(folder, folder)));
  }

  @Test
  void refusesAFileThatMayNotBeRead() throws IOException {
    Path file = write("secret.ndjson", "x");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "root reads everything");
    assertThat(
        failure(Kind.UNREADABLE, file.toString()),
        equalTo("Cannot read input: " + file + ": Permission denied"));
  }

  @Test
  void refusesAnUnknownFileSystem() {
    assertThat(
        failure(Kind.UNREADABLE, "nowhere://bucket/x"),
        containsString("Cannot read input: nowhere://bucket/x: No filesystem found"));
  }

  @Test
  void refusesFilesWithoutAByte() throws IOException {
    Path one = write("1.ndjson", "");
    assertThat(
        failure(Kind.EMPTY, one.toString()), equalTo("Cannot read input: " + one + " is empty"));
    write("2.ndjson", "");
    assertThat(
        failure(Kind.EMPTY, folder + "/*"),
        equalTo("Cannot read input: all 2 files are empty, from " + one + " on"));
  }

  @Test
  void takesAnEmptyFileBesideOthers() throws IOException {
    write("1.ndjson", "");
    write("2.ndjson", "x");
    assertThat(FileSet.match(List.of(folder + "/*")).bytes(), is(1L));
  }

  @Test
  void asksForTheIntervalThatADateNeeds() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> FileSet.match(List.of("/x/{date}.gz")));
    assertThat(
        e.getMessage(),
        equalTo("Missing required value: from and to (input /x/{date}.gz names a date)"));
  }

  @Test
  void refusesAnIntervalThatEndsBeforeItStarts() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> FileSet.match(List.of("/x/{date}.gz"), DAY_14, DAY_14));
    assertThat(
        e.getMessage(),
        equalTo("Invalid to: 2001-01-14T00:00:00Z (expected after from, 2001-01-14T00:00:00Z)"));
  }

  @Test
  void asksForAPattern() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> FileSet.match(List.of()));
    assertThat(e.getMessage(), equalTo("Missing required value: input"));
  }

  private static String failure(Kind kind, String pattern) {
    InputException e = assertThrows(InputException.class, () -> FileSet.match(List.of(pattern)));
    assertThat(e.kind(), is(kind));
    return e.getMessage();
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static long modified(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toMillis();
  }
}
