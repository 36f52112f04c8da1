package dev.millrace.operate;

import static dev.millrace.operate.Manifests.FIRST;
import static dev.millrace.operate.Manifests.SECOND;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.either;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.millrace.launch.StagedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes that publish and are killed, at each step of it. */
final class PublishKilledTest {
  @TempDir private Path folder;
  private Path output;

  @BeforeEach
  void publishARun() throws IOException {
    output = folder.resolve("out");
    PublishRun.of(stage("run-1")).execute();
  }

  private StagedRun stage(String run) throws IOException {
    return StagedFolder.write(output, run, Manifests.balanced().manifest());
  }

  @ParameterizedTest
  @CsvSource({
    "STAGED, 1, run-1",
    "PLANNED, 1, run-1",
    "MARKED, 1, run-1",
    "SET_ASIDE, 1, run-1",
    "SWAPPED, 1, run-1",
    "MARKED, 3, run-1",
    "SET_ASIDE, 3, run-1",
    "SWAPPED, 3, run-1",
    "REPORTED, 1, run-1",
    "DECIDED, 1, run-2",
    "PRUNED, 1, run-2",
    "PRUNED, 3, run-2",
  })
  void recoveryLeavesAllOfOneRun(PublishStep step, int occurrence, String survivor)
      throws Exception {
    StagedRun second = stage("run-2");
    PublishingProcess.killedAt(step, occurrence, output, "run-2");
    assertReadersSeeNoMixture("run-1", "run-2");

    Recovery.of(output).run();
    assertThat(runs(), is(survivors(survivor)));
    assertThat(Files.exists(output.resolve("quarantine/run=run-1")), is(true));
    assertThat(Files.exists(output.resolve("quarantine/run=run-2")), is(survivor.equals("run-2")));
    if (survivor.equals("run-1")) {
      publishAgain(second, step);
    }
    assertThat(runs(), is(survivors("run-2")));
    assertThat(StagingFolders.in(output), is(empty()));

    Rollback.of(output, FIRST).execute();
    Rollback.of(output, SECOND).execute();
    assertThat(runs(), is(survivors("run-1")));
  }

  /** What was staged is all there again; what was written down after the audit, too. */
  private void publishAgain(StagedRun run, PublishStep step) {
    if (step == PublishStep.STAGED) {
      assertThat(PublishRun.of(run).execute().balanced(), is(true));
    } else {
      PublishStaged.of(output, "run-2").execute();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MARKED, 1, run-2",
    "SET_ASIDE, 1, run-2",
    "SWAPPED, 1, run-2",
    "SWAPPED, 2, run-2",
    "REPORTED, 1, run-2",
    "DECIDED, 1, run-1",
    "PRUNED, 1, run-1",
  })
  void recoveryLeavesOneVersionOfAPartitionThatWasRolledBack(
      PublishStep step, int occurrence, String survivor) throws Exception {
    PublishRun.of(stage("run-2")).execute();
    PublishingProcess.killedAt(step, occurrence, output, "rollback", FIRST);
    assertReadersSeeNoMixture("run-1", "run-2");

    Recovery.of(output).run();
    Map<String, String> expected = survivors("run-2");
    expected.replaceAll((name, run) -> name.endsWith(FIRST) ? survivor : run);
    assertThat(runs(), is(expected));
    Rollback.of(output, FIRST).to(survivor.equals("run-1") ? "run-2" : "run-1").execute();
    expected.replaceAll((name, run) -> name.endsWith(FIRST) ? other(survivor) : run);
    assertThat(runs(), is(expected));
  }

  private static String other(String run) {
    return run.equals("run-1") ? "run-2" : "run-1";
  }

  private static Map<String, String> survivors(String run) {
    Map<String, String> all = new HashMap<>();
    for (String partition :
        List.of("records/" + FIRST, "records/" + SECOND, "aggregates/" + FIRST, "late/" + SECOND)) {
      all.put(partition, run);
    }
    return all;
  }

  /** A partition that is there has its marker, and all of its files, of one run. */
  private void assertReadersSeeNoMixture(String one, String other) throws IOException {
    for (String run : runs().values()) {
      assertThat(run, either(is(one)).or(is(other)));
    }
  }

  /** The run of each partition that readers see. */
  private Map<String, String> runs() throws IOException {
    Map<String, String> runs = new HashMap<>();
    for (String name : survivors("").keySet()) {
      Path partition = output.resolve(name);
      if (Files.exists(partition.resolve(Folders.MARKER))) {
        PartitionManifest manifest = PartitionManifest.in(partition).orElseThrow();
        Set<String> texts = new TreeSet<>();
        for (PublishedFile file : manifest.files()) {
          Path path = partition.resolve(file.name());
          assertThat(PublishedFile.sha256(path), is(file.sha256()));
          texts.add(Files.readString(path));
        }
        assertThat(Folders.sizes(partition).size(), is(manifest.files().size()));
        assertThat(texts, is(Set.of(manifest.run())));
        runs.put(name, manifest.run());
      } else {
        assertThat(name + " is there without a marker", Files.exists(partition), is(false));
      }
    }
    return runs;
  }
}
