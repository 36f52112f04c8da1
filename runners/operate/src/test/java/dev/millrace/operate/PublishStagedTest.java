package dev.millrace.operate;

import static dev.millrace.operate.Manifests.FIRST;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.launch.StagedRun;
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
  void publishesToAnotherFolder() throws IOException {
    Path other = folder.resolve("other");
    PublishStaged.of(output, "run-1").into(other).execute();
    assertThat(
        StagedFolder.contents(other),
        hasEntry("records/" + FIRST + "/part-00000.parquet", "run-1"));
    assertThat(StagedFolder.contents(output), is(Map.of()));
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
