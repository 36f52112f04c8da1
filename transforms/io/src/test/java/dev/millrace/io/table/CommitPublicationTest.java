package dev.millrace.io.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.WriteException;
import dev.millrace.record.Commit;
import dev.millrace.record.Disposition;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Tally;
import dev.millrace.record.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitPublicationTest {
  private static final String NAME = "20010116T010000Z";
  private static final String DAY = "dt=2001-01-15";
  private static final String DAY_BEFORE = "dt=2001-01-14";

  private static final Map<Tally, Long> READ_NONE = Map.of(Tally.of(Disposition.READ), 0L);

  @TempDir Path folder;
  private Path output;
  private Path staged;
  private CommitFolders folders;

  @BeforeEach
  void publishedByAnEarlierRun() throws IOException {
    output = folder.resolve("out");
    staged = output.resolve("_staging/run").resolve(NAME);
    folders =
        new CommitFolders(
            "run",
            output.resolve("_staging/run").toString(),
            output.toString(),
            output.resolve("quarantine").toString(),
            Set.of("updates"));
    for (String partition :
        List.of("records/" + DAY, "late/" + DAY, "late/" + DAY_BEFORE, "updates/" + DAY)) {
      write(output.resolve(partition).resolve("old"), "old");
      write(output.resolve(partition).resolve("_SUCCESS"), "");
    }
  }

  @Test
  void replacesWhatIsCompleteAndAddsTheRest() throws IOException {
    publish(commit());
    assertThat(contents(), is(expected()));
    assertThat(
        Manifest.read(output.resolve("_runs/run/" + NAME + ".ndjson")).count(Disposition.READ),
        is(9L));
  }

  /** Bundles can overtake each other where the runner doesn't know that they are of one key. */
  @Test
  void commitsWaitForTheOnesBeforeThem() throws IOException {
    publish(empty("20010117T000000Z").comingAfter("20010116T120000Z"));
    publish(empty("20010116T120000Z").comingAfter(NAME));
    assertThat(Files.exists(output.resolve("_runs")), is(false));

    Map<String, String> expected = expected();
    String nothingRead = String.join("\n", ManifestLines.of(List.of(), READ_NONE)) + "\n";
    expected.put("_runs/run/20010116T120000Z.ndjson", nothingRead);
    expected.put("_runs/run/20010117T000000Z.ndjson", nothingRead);
    publish(commit());
    assertThat(contents(), is(expected));
    try (Stream<Path> left = Files.list(output.resolve("_staging/run"))) {
      assertThat(left.toList(), is(List.of()));
    }
  }

  private static Commit empty(String name) {
    return Commit.together(name, List.of(Commit.ofRead(name, Tally.of(Disposition.READ), 0)));
  }

  private Map<String, String> expected() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    expected.put("records/dt=2001-01-15/_SUCCESS", "");
    expected.put("records/dt=2001-01-15/part-00000-00000.parquet", "records-0");
    expected.put("records/dt=2001-01-15/part-00001-00000.parquet", "records-1");
    expected.put("aggregates/dt=2001-01-15/_SUCCESS", "");
    expected.put("aggregates/dt=2001-01-15/part-00000-00000.parquet", "aggregates-0");
    expected.put("late/dt=2001-01-14/_SUCCESS", "");
    expected.put("late/dt=2001-01-14/old", "old");
    expected.put("late/dt=2001-01-14/part-run-" + NAME + "-00000-00000.parquet", "late-0");
    expected.put("late/dt=2001-01-13/_SUCCESS", "");
    expected.put("late/dt=2001-01-13/part-run-" + NAME + "-00000-00000.parquet", "late-1");
    expected.put("updates/dt=2001-01-15/_SUCCESS", "");
    expected.put("updates/dt=2001-01-15/old", "old");
    expected.put("updates/dt=2001-01-15/part-run-" + NAME + "-00000-00000.parquet", "updates-0");
    expected.put("quarantine/run=run-" + NAME + "/_SUCCESS", "");
    expected.put(
        "quarantine/run=run-" + NAME + "/reason=malformed/part-00000-00000.ndjson", "rejects-0");
    expected.put("_runs/run/" + NAME + ".ndjson", commitFile());
    return expected;
  }

  private String commitFile() throws IOException {
    Commit commit = commit();
    List<WrittenFile> files =
        commit.files().stream().map(file -> folders.listed(commit, file)).toList();
    return String.join("\n", ManifestLines.of(files, commit.tallies())) + "\n";
  }

  @Test
  void listsFilesWhereTheyLie() throws IOException {
    publish(commit());
    List<WrittenFile> files =
        Manifest.read(output.resolve("_runs/run/" + NAME + ".ndjson")).files();
    assertThat(files.size(), is(7));
    for (WrittenFile file : files) {
      assertThat(file.path(), Files.size(output.resolve(file.path())), is(file.bytes()));
    }
  }

  /** Both have late rows of a day that they have nothing else of, and their first file of it. */
  @Test
  void addsToWhatAnotherRunHasWrittenUnderTheSameNames() throws IOException {
    publish(commit());
    Map<String, String> before = contents();
    folders =
        new CommitFolders(
            "other",
            output.resolve("_staging/other").toString(),
            output.toString(),
            output.resolve("quarantine").toString(),
            Set.of("updates"));
    publish(commit());
    before.keySet().removeIf(name -> !name.startsWith("late/"));
    assertThat(contents().entrySet().containsAll(before.entrySet()), is(true));
    String added = "late/dt=2001-01-14/part-other-%s-00000-00000.parquet".formatted(NAME);
    assertThat(contents().get(added), is("late-0"));
  }

  @Test
  void doesNothingWhenItIsPublished() throws IOException {
    publish(commit());
    publish(commit());
    assertThat(contents(), is(expected()));
  }

  @Test
  void writesOverACommitFileThatIsHalfWritten() throws IOException {
    write(output.resolve("_runs/run/.%s.ndjson".formatted(NAME)), "half");
    publish(commit());
    assertThat(contents(), is(expected()));
  }

  @Test
  void publishesNothingThatAFailedAttemptLeftBesideIt() throws IOException {
    Commit commit = commit();
    write(staged.resolve("records").resolve(DAY).resolve("part-00002-00000.parquet"), "stray");
    publish(commit);
    assertThat(contents(), is(expected()));
  }

  @Test
  void refusesACommitWhoseRecordsAreNotAccountedFor() throws IOException {
    Commit commit = commit(Commit.ofRead(NAME, Tally.of(Disposition.READ), 1));
    refuses(commit, "10 records were read, but 9 are accounted for");
  }

  @Test
  void refusesACommitWithAPartitionThatDoesNotBalance() throws IOException {
    Commit commit =
        commit(
            Commit.ofRead(NAME, new Tally(Disposition.ACCEPTED, "", DAY, 3), 1),
            Commit.ofRead(NAME, new Tally(Disposition.ACCEPTED, "", DAY_BEFORE, 3), -1));
    refuses(
        commit,
        "dt=2001-01-14 accepted 0 records, but 1 are accounted for; "
            + "dt=2001-01-15 accepted 6 records, but 5 are accounted for");
  }

  @Test
  void refusesACommitWhoseFilesDoNotHaveWhatIsDue() throws IOException {
    refuses(
        commit(
            Commit.ofDue(NAME, new Tally(Disposition.PUBLISHED, "", DAY, 3), 1),
            Commit.ofDue(NAME, new Tally(Disposition.LATE, "", "dt=2001-01-13", 3), -1),
            Commit.ofDue(NAME, new Tally(Disposition.REJECTED, "too_long", "", -1), 2)),
        "records/dt=2001-01-15 should hold 5 rows, but its files hold 4; "
            + "late/dt=2001-01-13 should hold 1 rows, but its files hold 2; "
            + "quarantine/reason=too_long should hold 2 rows, but its files hold 0");
  }

  @Test
  void refusesACommitWhoseFilesAreNotThereOrNotWhole() throws IOException {
    Commit commit = commit();
    Path records = staged.resolve("records").resolve(DAY);
    Files.delete(records.resolve("part-00000-00000.parquet"));
    Path other = write(records.resolve("part-00001-00000.parquet"), "cut");
    refuses(
        commit,
        "%s/records/dt=2001-01-15/part-00000-00000.parquet is missing; %s holds 3 bytes, but 9 were written"
            .formatted(NAME, other));
  }

  @Test
  void refusesMoreRejectsThanAreAllowed() throws IOException {
    Commit commit = commit();
    publishes(commit, OptionalDouble.of(12));
    String problem = "1 of 9 records were rejected, and at most 10.0 % are allowed";
    folders = folders.withQuarantine(output.resolve("elsewhere").toString());
    WriteException failure =
        assertThrows(
            WriteException.class,
            () ->
                new CommitPublication(folders, named("20010116T020000Z"), OptionalDouble.of(10))
                    .publish());
    assertThat(
        failure.getMessage(),
        is(
            "Cannot publish commit 20010116T020000Z of run: %s (it lies in %s)"
                .formatted(problem, folders.staging())));
  }

  @Test
  void refusesToPublishAfterALaterCommit() throws IOException {
    Commit commit = commit();
    write(output.resolve("_runs/run/20010116T020000Z.ndjson"), "");
    refuses(commit, "20010116T020000Z, which comes after it, is published");
  }

  @Test
  void saysWhatTheDiskRefuses() throws IOException {
    Commit commit = commit();
    LocalFolders.delete(output.resolve("aggregates"));
    write(output.resolve("aggregates"), "in the way");
    WriteException failure = assertThrows(WriteException.class, () -> publish(commit));
    assertThat(
        failure.getMessage(),
        is(
            "Cannot publish commit %s of run: %s is not a folder"
                .formatted(NAME, output.resolve("aggregates"))));
    Files.delete(output.resolve("aggregates"));
    publish(commit);
    assertThat(contents(), is(expected()));
  }

  private void refuses(Commit commit, String problem) throws IOException {
    Map<String, String> before = contents();
    WriteException failure = assertThrows(WriteException.class, () -> publish(commit));
    assertThat(
        failure.getMessage(),
        is(
            "Cannot publish commit %s of run: %s (it lies in %s)"
                .formatted(NAME, problem, folders.staging())));
    assertThat(contents(), is(before));
  }

  private void publish(Commit commit) {
    publishes(commit, OptionalDouble.empty());
  }

  private void publishes(Commit commit, OptionalDouble budget) {
    new CommitPublication(folders, commit, budget).publish();
  }

  /** Four records of a day that is complete, three late ones and one reject, in staging. */
  private Commit commit(Commit... more) throws IOException {
    return named(NAME, more);
  }

  private Commit named(String name, Commit... more) throws IOException {
    List<Commit> parts = new ArrayList<>(List.of(more));
    parts.add(Commit.ofCompleted(name, DAY));
    parts.add(file(name, "records", DAY, "part-00000-00000.parquet", 1, "records-0"));
    parts.add(file(name, "records", DAY, "part-00001-00000.parquet", 3, "records-1"));
    parts.add(file(name, "aggregates", DAY, "part-00000-00000.parquet", 7, "aggregates-0"));
    parts.add(file(name, "late", DAY_BEFORE, "part-00000-00000.parquet", 1, "late-0"));
    parts.add(file(name, "late", "dt=2001-01-13", "part-00000-00000.parquet", 2, "late-1"));
    parts.add(file(name, "updates", DAY, "part-00000-00000.parquet", 5, "updates-0"));
    parts.add(
        file(name, "quarantine", "reason=malformed", "part-00000-00000.ndjson", 1, "rejects-0"));
    parts.add(Commit.ofRead(name, Tally.of(Disposition.READ), 9));
    Tally malformed = new Tally(Disposition.REJECTED, RejectReason.MALFORMED.code(), "", -1);
    parts.add(Commit.ofRead(name, malformed, 1));
    parts.add(Commit.ofDue(name, malformed, 1));
    for (Disposition disposition : List.of(Disposition.PUBLISHED, Disposition.LATE)) {
      parts.addAll(ends(name, disposition));
    }
    parts.add(Commit.ofRead(name, new Tally(Disposition.ACCEPTED, "", DAY, 3), 5));
    parts.add(Commit.ofRead(name, new Tally(Disposition.DUPLICATE, "", DAY, 3), 1));
    parts.add(Commit.ofRead(name, new Tally(Disposition.ACCEPTED, "", DAY_BEFORE, 3), 1));
    parts.add(Commit.ofRead(name, new Tally(Disposition.ACCEPTED, "", "dt=2001-01-13", 3), 2));
    return Commit.together(name, parts);
  }

  private static List<Commit> ends(String name, Disposition disposition) {
    if (disposition == Disposition.PUBLISHED) {
      Tally published = new Tally(disposition, "", DAY, 3);
      return List.of(Commit.ofRead(name, published, 4), Commit.ofDue(name, published, 4));
    }
    Tally before = new Tally(disposition, "", DAY_BEFORE, 3);
    Tally muchBefore = new Tally(disposition, "", "dt=2001-01-13", 3);
    return List.of(
        Commit.ofRead(name, before, 1),
        Commit.ofDue(name, before, 1),
        Commit.ofRead(name, muchBefore, 2),
        Commit.ofDue(name, muchBefore, 2));
  }

  private Commit file(
      String commit, String table, String partition, String name, long rows, String text)
      throws IOException {
    String path = "%s/%s/%s/%s".formatted(commit, table, partition, name);
    write(Path.of(folders.staging()).resolve(path), text);
    return Commit.ofFile(commit, new WrittenFile(table, partition, path, rows, text.length()));
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(output.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
