package dev.millrace.operate.publish;

import static dev.millrace.operate.Manifests.FIRST;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.ReadException;
import dev.millrace.launch.StagedRun;
import dev.millrace.operate.Folders;
import dev.millrace.operate.Manifests;
import dev.millrace.operate.StagedFolder;
import dev.millrace.operate.diff.PartitionPair;
import dev.millrace.operate.publish.PublicationPlan.PlannedSwap;
import dev.millrace.operate.publish.PublishingProcess.Kill;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the rows come to is for the console's tests, with real ones. */
final class DiffStagedTest {
  private static final String PART = "part-00000.parquet";

  @TempDir private Path folder;
  private Path output;
  private StagedRun second;

  @BeforeEach
  void publishARunAndStageAnother() throws IOException {
    output = folder.resolve("out");
    PublishRun.of(StagedFolder.write(output, "run-1", Manifests.balanced().manifest())).execute();
    second = StagedFolder.write(output, "run-2", Manifests.balanced().manifest());
    PublishRun.of(second).stagingOnly().execute();
  }

  @Test
  void recoversFirst() throws Exception {
    PublishingProcess.killedAt(List.of(Kill.ofPublish(PublishStep.SWAPPED, 2, output, "run-2")));
    assertThat(seen(), is("run-2"));
    DiffStaged diff = DiffStaged.of(output, "run-2").withTable("none");
    assertThat(
        assertThrows(IllegalArgumentException.class, diff::execute).getMessage(),
        is("Invalid table: none (expected aggregates, late, records)"));
    assertThat(seen(), is("run-1"));
  }

  private String seen() throws IOException {
    return PartitionManifest.in(output.resolve("records/" + FIRST)).orElseThrow().run();
  }

  @Test
  void readsNoFilesThatAreTheSame() throws IOException {
    Path staged = second.staging().resolve("records/" + FIRST);
    assertThat(files().pair().published().size(), is(2));
    Files.copy(
        staged.resolve(PART),
        output.resolve("records/" + FIRST + "/" + PART),
        StandardCopyOption.REPLACE_EXISTING);
    PartitionPair pair = files().pair();
    assertThat(pair.same(), is(5L));
    assertThat(pair.staged(), contains(staged.resolve("part-00001.parquet")));
    assertThat(
        pair.published(), contains(output.resolve("records/" + FIRST + "/part-00001.parquet")));
  }

  @Test
  void seesNoFilesThatReadersDoNotSee() throws IOException {
    Path published = output.resolve("records/" + FIRST);
    Files.writeString(published.resolve(".part-00002.parquet.tmp"), "half");
    Files.writeString(published.resolve("_part-00002.parquet"), "other");
    assertThat(files().pair().published().size(), is(2));
    Folders.delete(published);
    assertThat(files().pair().published(), is(empty()));
  }

  @Test
  void noticesThatAnotherPublishesMeanwhile() throws IOException {
    SwapFiles files = files();
    files.checkUnchanged(null);
    PublishRun.of(StagedFolder.write(output, "another", Manifests.balanced().manifest())).execute();
    ReadException cause = new ReadException("Cannot read a file: it is gone");
    ReadException failure = assertThrows(ReadException.class, () -> files.checkUnchanged(cause));
    assertThat(
        failure.getMessage(),
        is(
            "Cannot compare records/%s: another has published it meanwhile (compare again)"
                .formatted(FIRST)));
    assertThat(failure.getCause(), is(cause));
  }

  private SwapFiles files() throws IOException {
    PlannedSwap swap =
        StagedPlan.of(output, "run-2").plan().swaps().stream()
            .filter(each -> each.name().equals("records/" + FIRST))
            .findFirst()
            .orElseThrow();
    return SwapFiles.of(second.staging(), output, swap);
  }
}
