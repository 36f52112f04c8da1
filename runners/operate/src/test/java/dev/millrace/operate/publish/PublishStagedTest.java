package dev.millrace.operate.publish;

import static dev.millrace.operate.Manifests.FIRST;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.launch.StagedRun;
import dev.millrace.operate.Manifests;
import dev.millrace.operate.StagedFolder;
import dev.millrace.record.Disposition;
import dev.millrace.record.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublishStagedTest {
  @TempDir private Path folder;
  private Path output;
  private Path staging;

  @BeforeEach
  void stageARun() throws IOException {
    output = folder.resolve("out");
    StagedRun run = StagedFolder.write(output, "run-1", Manifests.balanced().manifest());
    staging = run.staging();
    assertThat(PublishRun.of(run).stagingOnly().execute().balanced(), is(true));
    assertThat(Files.exists(output.resolve("records")), is(false));
  }

  @Test
  void publishesWhatWasStaged() throws IOException {
    List<PublishedPartition> published = PublishStaged.of(output, "run-1").execute();
    assertThat(
        published.get(1),
        is(
            new PublishedPartition(
                "records", FIRST, 8, 2, 10, 1, Optional.of("run-1"), Optional.empty())));
    assertThat(
        StagedFolder.contents(output),
        hasEntry("records/" + FIRST + "/part-00000.parquet", "run-1"));
    assertThat(Files.exists(staging), is(false));
  }

  @Test
  void saysWhatItWouldPublishAndDoesNot() throws IOException {
    Map<String, String> before = StagedFolder.contents(output);
    List<PublishedPartition> preview = PublishStaged.of(output, "run-1").preview();
    Path other = folder.resolve("other");
    assertThat(PublishStaged.of(output, "run-1").into(other).preview(), is(preview));
    assertThat(StagedFolder.contents(output), is(before));
    assertThat(Files.exists(other), is(false));
    assertThat(PublishStaged.of(output, "run-1").execute(), is(preview));
  }

  @Test
  void publishesToAnotherFolder() throws IOException {
    Path other = folder.resolve("other");
    PublishStaged.of(output, "run-1").into(other).execute();
    assertThat(
        StagedFolder.contents(other),
        hasEntry("records/" + FIRST + "/part-00000.parquet", "run-1"));
    assertThat(
        StagedFolder.contents(other),
        hasKey("quarantine/run=run-1/reason=malformed/part-00000.ndjson"));
    assertThat(StagedFolder.contents(output), is(Map.of()));
    assertThat(OutputFolder.existing(other), is(other));
  }

  /** While it was staged they told of the staging folder. */
  @Test
  void hasItsReportsTellOfWhereItIsPublished() throws IOException {
    assertThat(
        Files.readString(staging.resolve("report.json")),
        containsString("\"records\": \"%s/records\"".formatted(staging)));
    Path other = folder.resolve("other");
    PublishStaged.of(output, "run-1").into(other).execute();

    String json = Files.readString(other.resolve("report.json"));
    String page = Files.readString(other.resolve("report.html"));
    assertThat(json, containsString("\"state\": \"published\""));
    assertThat(json, containsString("\"records\": \"%s/records\"".formatted(other)));
    assertThat(page, containsString("<title>Published: ingest run-1</title>"));
    assertThat(page, containsString("<code>%s/quarantine/run=run-1</code>".formatted(other)));
    assertThat(json + page, not(containsString(output.toString())));
  }

  /** Where it is does not depend on where the run is published. */
  @Test
  void leavesAQuarantineOutsideOfTheOutputWhereItIs() throws IOException {
    StagedRun run = StagedFolder.write(output, "run-2", Manifests.balanced().manifest());
    Path quarantine = folder.resolve("rejects");
    PublishRun.of(quarantined(run, quarantine)).stagingOnly().execute();
    PublishStaged.of(output, "run-2").into(folder.resolve("a/b/c")).execute();
    assertThat(
        StagedFolder.contents(quarantine), hasKey("run=run-2/reason=malformed/part-00000.ndjson"));
  }

  private static StagedRun quarantined(StagedRun run, Path quarantine) {
    return new StagedRun(
        run.pipeline(),
        run.pipelineVersion(),
        run.contract(),
        run.runner(),
        run.runId(),
        run.startedAt(),
        run.elapsed(),
        run.staging(),
        run.output(),
        quarantine,
        run.options());
  }

  @Test
  void refusesAFolderOfOthersAndLeavesTheRunStaged() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("thesis.txt"), "mine");
    PublishStaged publish = PublishStaged.of(output, "run-1").into(other);
    String refusal =
        "Cannot write to %s: it exists and was not made by Millrace (choose another folder, or an empty one)"
            .formatted(other);
    assertThat(
        assertThrows(IllegalArgumentException.class, publish::preview).getMessage(), is(refusal));
    assertThat(
        assertThrows(IllegalArgumentException.class, publish::execute).getMessage(), is(refusal));
    assertThat(StagedFolder.contents(other), is(Map.of("thesis.txt", "mine")));
    PublishStaged.of(output, "run-1").execute();
  }

  @Test
  void refusesAFolderThatHasARunOfThatNameStaged() throws IOException {
    Path other = folder.resolve("other");
    StagedRun same = StagedFolder.write(other, "run-1", Manifests.balanced().manifest());
    OutputFolder.claim(folder.resolve("empty"));
    Files.copy(folder.resolve("empty/.millrace"), other.resolve(".millrace"));
    assertThat(
        assertThrows(
                IllegalArgumentException.class,
                () -> PublishStaged.of(output, "run-1").into(other).execute())
            .getMessage(),
        is(
            "Cannot publish run-1 into %s: a run of that name is staged there (publish or delete %s)"
                .formatted(other, same.staging())));
  }

  @Test
  void findsNoRunOutsideOfStaging() {
    assertThat(
        refusal("../../elsewhere"),
        is(
            "Cannot find run ../../elsewhere: nothing of that name is staged in %s (there are: run-1)"
                .formatted(output)));
  }

  @Test
  void refusesFilesThatAreNoLongerAsTheAuditFoundThem() throws IOException {
    Path file = staging.resolve("records/" + FIRST + "/part-00001.parquet");
    String before = Files.readString(file);
    Files.writeString(file, "ruN-1");
    assertThat(failure(), is(since(file + " was changed")));
    Files.delete(file);
    assertThat(failure(), is(since(file + " is missing")));
    Files.writeString(file, before);
    Path stray = Files.writeString(file.resolveSibling("part-00002.parquet"), "");
    assertThat(failure(), is(since(stray + " was added")));
    Files.delete(stray);
    PublishStaged.of(output, "run-1").execute();
  }

  private String failure() throws IOException {
    String message =
        assertThrows(PublishException.class, () -> PublishStaged.of(output, "run-1").execute())
            .getMessage();
    assertThat(Files.exists(output.resolve("records")), is(false));
    return message;
  }

  private static String since(String problem) {
    return "Cannot publish run-1: since its audit, " + problem + " (run it again)";
  }

  @Test
  void refusesARunThatFailedItsAudit() throws IOException {
    StagedRun failed =
        StagedFolder.write(
            output, "run-2", Manifests.balanced().count(Tally.of(Disposition.READ), 1).manifest());
    assertThat(PublishRun.of(failed).execute().balanced(), is(false));
    assertThat(
        refusal("run-2"),
        is(
            "Cannot publish run-2: it has not passed an audit (see %s)"
                .formatted(failed.staging())));
  }

  @Test
  void saysWhichRunsAreStaged() {
    assertThat(
        refusal("run-3"),
        is(
            "Cannot find run run-3: nothing of that name is staged in %s (there are: run-1)"
                .formatted(output)));
    PublishStaged.of(output, "run-1").execute();
    assertThat(
        refusal("run-1"),
        is(
            "Cannot find run run-1: nothing of that name is staged in %s (there are: none)"
                .formatted(output)));
  }

  private String refusal(String run) {
    return assertThrows(
            IllegalArgumentException.class, () -> PublishStaged.of(output, run).execute())
        .getMessage();
  }
}
