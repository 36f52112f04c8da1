package dev.millrace.operate.publish;

import static dev.millrace.operate.Manifests.FIRST;
import static dev.millrace.operate.Manifests.SECOND;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.launch.StagedRun;
import dev.millrace.operate.Check;
import dev.millrace.operate.Folders;
import dev.millrace.operate.Manifests;
import dev.millrace.operate.StagedFolder;
import dev.millrace.operate.report.RunReport;
import dev.millrace.record.Disposition;
import dev.millrace.record.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublishRunTest {
  @TempDir private Path folder;
  private Path output;

  @BeforeEach
  void chooseOutput() {
    output = folder.resolve("out");
  }

  @Test
  void publishesEveryTableWithMarkersAndRemovesStaging() throws IOException {
    RunReport report = publish("run-1", Manifests.balanced());

    assertThat(report.balanced(), is(true));
    Map<String, String> published = StagedFolder.contents(output);
    for (String file :
        List.of(
            "records/dt=2001-01-01/part-00000.parquet",
            "records/dt=2001-01-01/part-00001.parquet",
            "records/dt=2001-01-02/part-00000.parquet",
            "aggregates/dt=2001-01-01/part-00000.parquet",
            "late/dt=2001-01-02/part-00000.parquet")) {
      assertThat(published, hasEntry(file, "run-1"));
      assertThat(published, hasEntry(file.replaceFirst("part-.*", "_SUCCESS"), ""));
      assertThat(published, hasKey(file.replaceFirst("part-.*", "_manifest.json")));
    }
    assertThat(
        published,
        allOf(
            hasKey("quarantine/run=run-1/_SUCCESS"),
            hasKey("quarantine/run=run-1/reason=malformed/part-00000.ndjson"),
            hasKey("quarantine/run=run-1/reason=conflicting_key/part-00000.ndjson"),
            hasKey("report.json"),
            hasKey("report.html")));
    assertThat(published, is(aMapWithSize(19)));
    assertThat(Files.exists(output.resolve("_staging/run-1")), is(false));
  }

  @Test
  void replacesThePartitionsOfTheSameSlice() throws IOException {
    publish("run-1", Manifests.balanced());
    publish("run-2", Manifests.balanced());

    Map<String, String> published = StagedFolder.contents(output);
    assertThat(published, hasEntry("records/dt=2001-01-01/part-00000.parquet", "run-2"));
    assertThat(published, hasKey("quarantine/run=run-1/reason=malformed/part-00000.ndjson"));
    assertThat(published, hasKey("quarantine/run=run-2/reason=malformed/part-00000.ndjson"));
    assertThat(published, is(aMapWithSize(36)));
  }

  @Test
  void leavesOtherPartitionsAlone() throws IOException {
    publish("run-1", Manifests.balanced());
    publish("run-2", only(FIRST));

    Map<String, String> published = StagedFolder.contents(output);
    assertThat(published, hasEntry("records/dt=2001-01-01/part-00000.parquet", "run-2"));
    assertThat(published, not(hasKey("records/dt=2001-01-01/part-00001.parquet")));
    assertThat(published, hasEntry("records/dt=2001-01-02/part-00000.parquet", "run-1"));
  }

  @Test
  void takesAwayWhatAnEarlierRunHadInATableThatIsEmptyNow() throws IOException {
    publish("run-1", Manifests.balanced());
    publish("run-2", only(FIRST));
    publish("run-3", only(SECOND));

    Map<String, String> published = StagedFolder.contents(output);
    assertThat(published, not(hasKey("aggregates/dt=2001-01-01/part-00000.parquet")));
    assertThat(published, not(hasKey("late/dt=2001-01-02/part-00000.parquet")));
  }

  @Test
  void keepsNeighboursWhoseRecordsWereAllFiltered() throws IOException {
    publish("run-1", Manifests.balanced());
    publish(
        "run-2",
        only(FIRST)
            .count(Tally.of(Disposition.READ), 2)
            .count(Disposition.ACCEPTED, SECOND, 2)
            .count(Disposition.FILTERED, SECOND, 2));

    assertThat(StagedFolder.contents(output), hasKey("records/dt=2001-01-02/part-00000.parquet"));
  }

  @Test
  void publishesNothingIfTheAuditFails() throws IOException {
    publish("run-1", only(FIRST));
    StagedRun run =
        StagedFolder.write(
            output, "run-2", Manifests.balanced().count(Tally.of(Disposition.READ), 1).manifest());
    Map<String, String> before = StagedFolder.contents(output);

    RunReport report = PublishRun.of(run).execute();

    assertThat(report.balanced(), is(false));
    before.put("_staging/run-2/report.json", "");
    before.put("_staging/run-2/report.html", "");
    assertThat(StagedFolder.contents(output), is(before));
    assertThat(
        Files.readString(run.staging().resolve("report.json")),
        containsString("\"balanced\": false"));
    assertThat(
        Files.readString(run.staging().resolve("report.html")),
        containsString("1 record unaccounted for"));
  }

  @Test
  void refusesRejectsBeyondTheBudgetOfTheOptions() throws IOException {
    StagedRun run =
        StagedFolder.write(
            output, "run-1", Manifests.balanced().manifest(), Map.of("maxRejectedPercent", "14"));
    RunReport report = PublishRun.of(run).execute();
    assertThat(
        report.failures(),
        hasItem(
            Check.failed(
                "rejects_within_budget",
                "15.0 % of the records were rejected, and at most 14 % are allowed")));
    assertThat(PublishRun.of(run).withMaxRejectedPercent(15).execute().balanced(), is(true));
  }

  @Test
  void refusesABudgetThatIsNotAPercentage() {
    IllegalArgumentException word =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                PublishRun.of(
                    StagedFolder.run(output, "run-1", Map.of("maxRejectedPercent", "few"))));
    assertThat(
        word.getMessage(), is("Invalid maxRejectedPercent: few (expected a number from 0 to 100)"));
    IllegalArgumentException tooMany =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                PublishRun.of(
                    StagedFolder.run(output, "run-1", Map.of("maxRejectedPercent", "101"))));
    assertThat(
        tooMany.getMessage(),
        is("Invalid maxRejectedPercent: 101.0 (expected a number from 0 to 100)"));
  }

  @Test
  void namesTheContractOfTheRun() throws IOException {
    StagedRun run = StagedFolder.write(output, "run-1", Manifests.balanced().manifest(), Map.of());
    RunReport report = PublishRun.of(run).execute();
    assertThat(
        report.json(),
        allOf(
            containsString("\"contract\": \"flights\""),
            containsString("\"contractVersion\": \"1.2.0\""),
            containsString("\"latency 4h (at schema[0])\"")));
  }

  @Test
  void putsEverythingBackIfAFileIsWhereAPartitionMustGo() throws IOException {
    publish("run-1", only(FIRST));
    Files.writeString(output.resolve("records/" + SECOND), "in the way");
    StagedRun run = StagedFolder.write(output, "run-2", Manifests.balanced().manifest());
    Map<String, String> before = StagedFolder.contents(output);

    PublishException failure = failure(run);

    assertThat(
        failure.getMessage(),
        is(
            "Cannot publish records/dt=2001-01-02: %s is not a folder"
                .formatted(output.resolve("records/dt=2001-01-02"))));
    assertUnchanged(before);
    assertThat(Files.exists(output.resolve("quarantine/run=run-2")), is(false));
  }

  @Test
  void putsEverythingBackIfAFileIsWhereATableMustGo() throws IOException {
    publish("run-1", only(FIRST));
    Files.writeString(output.resolve("late"), "in the way");
    StagedRun run = StagedFolder.write(output, "run-2", Manifests.balanced().manifest());
    Map<String, String> before = StagedFolder.contents(output);

    assertThat(
        failure(run).getMessage(),
        is(
            "Cannot publish late/dt=2001-01-02: %s is not a folder"
                .formatted(output.resolve("late"))));
    assertUnchanged(before);
  }

  @Test
  void putsEverythingBackIfTheReportCannotBePublished() throws IOException {
    Files.createDirectories(output.resolve("report.html/full"));
    StagedRun run = StagedFolder.write(output, "run-1", Manifests.balanced().manifest());
    Map<String, String> before = StagedFolder.contents(output);

    assertThat(failure(run).getMessage(), containsString("Cannot publish report: "));
    assertUnchanged(before);
    assertThat(Files.exists(output.resolve("records")), is(false));
  }

  @Test
  void canBeRepeatedOnceTheCauseIsGone() throws IOException {
    Path inTheWay = output.resolve("late");
    StagedRun run = StagedFolder.write(output, "run-1", Manifests.balanced().manifest());
    Files.writeString(inTheWay, "in the way");
    failure(run);
    Files.delete(inTheWay);

    assertThat(PublishRun.of(run).execute().balanced(), is(true));
    assertThat(
        StagedFolder.contents(output),
        hasEntry("records/dt=2001-01-02/part-00000.parquet", "run-1"));
  }

  @Test
  void saysWhereThingsLieIfTheyCannotBePutBack() throws IOException {
    publish("run-1", only(FIRST));
    StagedRun run = StagedFolder.write(output, "run-2", only(FIRST).manifest());
    PublicationPlan plan = new PublicationPlanner(run, only(FIRST).manifest(), 1).plan();
    PublicationPlan placed =
        plan.withSwaps(
            plan.swaps().stream()
                .map(swap -> swap.withAside("_versions/1/" + swap.name()))
                .toList());
    Publication publication = Publication.of(placed, run.staging(), output, step -> {});
    PublishException failure =
        assertThrows(
            PublishException.class,
            () ->
                publication.publish(
                    () -> {
                      Folders.delete(output.resolve("records"));
                      Files.writeString(output.resolve("records"), "in the way");
                      throw new IOException("Disk unplugged");
                    }));
    assertThat(
        failure.getMessage(),
        is(
            "Cannot publish report: Disk unplugged; what it replaces lies in %s"
                .formatted(output.resolve("_versions"))));
    assertThat(failure.getSuppressed().length, is(1));
  }

  @Test
  void refusesAFolderWithoutManifest() {
    UncheckedIOException failure =
        assertThrows(
            UncheckedIOException.class,
            () -> PublishRun.of(StagedFolder.run(output, "run-1", Map.of())).execute());
    assertThat(
        failure.getMessage(),
        is(
            "Cannot read manifest: %s does not exist"
                .formatted(output.resolve("_staging/run-1/manifest.ndjson"))));
  }

  private RunReport publish(String runId, Manifests manifests) throws IOException {
    RunReport report =
        PublishRun.of(StagedFolder.write(output, runId, manifests.manifest())).execute();
    assertThat(report.failures(), is(List.of()));
    return report;
  }

  private static PublishException failure(StagedRun run) {
    return assertThrows(PublishException.class, () -> PublishRun.of(run).execute());
  }

  /** Also what a publish adds to staging is allowed for: the next attempt publishes it. */
  private void assertUnchanged(Map<String, String> before) throws IOException {
    Map<String, String> now = StagedFolder.contents(output);
    now.keySet()
        .removeIf(
            file ->
                file.startsWith("_staging")
                    && (file.endsWith(Folders.MARKER)
                        || file.endsWith(PartitionManifest.FILE_NAME)
                        || file.endsWith(RunFacts.FILE_NAME)
                        || file.endsWith(PublicationPlan.FILE_NAME)
                        || file.contains("report.")));
    assertThat(now, equalTo(before));
  }

  /** Four records of one day, all of them published. */
  private static Manifests only(String partition) {
    return new Manifests()
        .count(Tally.of(Disposition.READ), 4)
        .count(Disposition.ACCEPTED, partition, 4)
        .count(Disposition.PUBLISHED, partition, 4)
        .file("records", partition, 0, 4);
  }
}
