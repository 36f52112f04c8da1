package dev.millrace.operate.publish;

import static dev.millrace.operate.Manifests.FIRST;
import static dev.millrace.operate.Manifests.SECOND;
import static dev.millrace.operate.publish.PublishStep.DECIDED;
import static dev.millrace.operate.publish.PublishStep.MARKED;
import static dev.millrace.operate.publish.PublishStep.PLANNED;
import static dev.millrace.operate.publish.PublishStep.PRUNED;
import static dev.millrace.operate.publish.PublishStep.REPORTED;
import static dev.millrace.operate.publish.PublishStep.SET_ASIDE;
import static dev.millrace.operate.publish.PublishStep.STAGED;
import static dev.millrace.operate.publish.PublishStep.SWAPPED;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.either;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.millrace.launch.StagedRun;
import dev.millrace.operate.Folders;
import dev.millrace.operate.Manifests;
import dev.millrace.operate.StagedFolder;
import dev.millrace.operate.publish.PublishingProcess.Kill;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A process that publishes and is killed, at each step of it. */
final class PublishKilledTest {
  @TempDir private static Path folder;

  /**
   * At which occurrence of a step it is killed.
   *
   * @param survivor the run that is seen after recovery
   */
  private record Killed(PublishStep step, int occurrence, String survivor) {
    Path output(String action) {
      return folder.resolve(action).resolve("%s-%s".formatted(step, occurrence));
    }
  }

  private static final List<Killed> PUBLISHES =
      List.of(
          new Killed(STAGED, 1, "run-1"),
          new Killed(PLANNED, 1, "run-1"),
          new Killed(MARKED, 1, "run-1"),
          new Killed(SET_ASIDE, 1, "run-1"),
          new Killed(SWAPPED, 1, "run-1"),
          new Killed(MARKED, 3, "run-1"),
          new Killed(SET_ASIDE, 3, "run-1"),
          new Killed(SWAPPED, 3, "run-1"),
          new Killed(REPORTED, 1, "run-1"),
          new Killed(DECIDED, 1, "run-2"),
          new Killed(PRUNED, 1, "run-2"),
          new Killed(PRUNED, 3, "run-2"));

  private static final List<Killed> ROLLBACKS =
      List.of(
          new Killed(MARKED, 1, "run-2"),
          new Killed(SET_ASIDE, 1, "run-2"),
          new Killed(SWAPPED, 1, "run-2"),
          new Killed(SWAPPED, 2, "run-2"),
          new Killed(REPORTED, 1, "run-2"),
          new Killed(DECIDED, 1, "run-1"),
          new Killed(PRUNED, 1, "run-1"));

  /** One process, which is at all of these steps at once. */
  @BeforeAll
  static void kill() throws Exception {
    List<Kill> kills = new ArrayList<>();
    for (Killed publish : PUBLISHES) {
      Path output = publish.output("publish");
      PublishRun.of(stage(output, "run-1")).execute();
      stage(output, "run-2");
      kills.add(Kill.ofPublish(publish.step(), publish.occurrence(), output, "run-2"));
    }
    for (Killed rollback : ROLLBACKS) {
      Path output = rollback.output("rollback");
      PublishRun.of(stage(output, "run-1")).execute();
      PublishRun.of(stage(output, "run-2")).execute();
      kills.add(Kill.ofRollback(rollback.step(), rollback.occurrence(), output, FIRST));
    }
    PublishingProcess.killedAt(kills);
  }

  private static StagedRun stage(Path output, String run) throws IOException {
    return StagedFolder.write(output, run, Manifests.balanced().manifest());
  }

  @ParameterizedTest
  @FieldSource("PUBLISHES")
  void recoveryLeavesAllOfOneRun(Killed publish) throws Exception {
    Path output = publish.output("publish");
    String survivor = publish.survivor();
    assertReadersSeeNoMixture(output, "run-1", "run-2");

    Recovery.of(output).run();
    assertThat(runs(output), is(survivors(survivor)));
    assertThat(Files.exists(output.resolve("quarantine/run=run-1")), is(true));
    assertThat(Files.exists(output.resolve("quarantine/run=run-2")), is(survivor.equals("run-2")));
    if (survivor.equals("run-1")) {
      publishAgain(output, publish.step());
    }
    assertThat(runs(output), is(survivors("run-2")));
    assertThat(StagingFolders.in(output), is(empty()));

    Rollback.of(output, FIRST).execute();
    Rollback.of(output, SECOND).execute();
    assertThat(runs(output), is(survivors("run-1")));
  }

  /** What was staged is all there again; what was written down after the audit, too. */
  private static void publishAgain(Path output, PublishStep step) {
    if (step == STAGED) {
      StagedRun run = StagedFolder.run(output, "run-2", Map.of());
      assertThat(PublishRun.of(run).execute().balanced(), is(true));
    } else {
      PublishStaged.of(output, "run-2").execute();
    }
  }

  @ParameterizedTest
  @FieldSource("ROLLBACKS")
  void recoveryLeavesOneVersionOfAPartitionThatWasRolledBack(Killed rollback) throws Exception {
    Path output = rollback.output("rollback");
    String survivor = rollback.survivor();
    assertReadersSeeNoMixture(output, "run-1", "run-2");

    Recovery.of(output).run();
    Map<String, String> expected = survivors("run-2");
    expected.replaceAll((name, run) -> name.endsWith(FIRST) ? survivor : run);
    assertThat(runs(output), is(expected));
    Rollback.of(output, FIRST).to(other(survivor)).execute();
    expected.replaceAll((name, run) -> name.endsWith(FIRST) ? other(survivor) : run);
    assertThat(runs(output), is(expected));
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
  private static void assertReadersSeeNoMixture(Path output, String one, String other)
      throws IOException {
    for (String run : runs(output).values()) {
      assertThat(run, either(is(one)).or(is(other)));
    }
  }

  /** The run of each partition that readers see. */
  private static Map<String, String> runs(Path output) throws IOException {
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
