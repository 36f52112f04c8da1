package dev.millrace.operate.publish;

import static dev.millrace.operate.Manifests.FIRST;
import static dev.millrace.operate.Manifests.SECOND;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RollbackTest {
  @TempDir private Path folder;
  private Path output;

  @BeforeEach
  void chooseOutput() {
    output = folder.resolve("out");
  }

  @Test
  void bringsBackTheTablesOfTheVersionAndNoOthers() throws IOException {
    publish("small", 1, only(FIRST));
    publish("large", 1, Manifests.balanced());
    assertThat(seen("aggregates/" + FIRST), is("large"));

    Rollback.of(output, FIRST).execute();
    assertThat(seen("records/" + FIRST), is("small"));
    assertThat(seen("aggregates/" + FIRST), is("none"));
    assertThat(seen("records/" + SECOND), is("large"));

    Rollback.of(output, FIRST).to("large").execute();
    assertThat(seen("records/" + FIRST), is("large"));
    assertThat(seen("aggregates/" + FIRST), is("large"));
  }

  @Test
  void keepsAsManyVersionsAsAskedFor() throws IOException {
    for (int run = 1; run <= 4; run++) {
      publish("run-" + run, 2, only(FIRST));
    }
    assertThat(kept(), is(Set.of(2L, 3L)));
    Rollback.of(output, FIRST).execute();
    assertThat(seen("records/" + FIRST), is("run-3"));
    Rollback.of(output, FIRST).execute();
    assertThat(seen("records/" + FIRST), is("run-2"));
    assertThat(
        refusal(Rollback.of(output, FIRST)),
        is(
            "Cannot roll back %s: no earlier version is kept (there are those of: run-3, run-4)"
                .formatted(FIRST)));

    publish("run-5", 0, only(FIRST));
    assertThat(kept(), is(Set.of()));
    assertThat(Files.exists(output.resolve("_versions")), is(false));
  }

  @Test
  void neverGivesANumberTwice() throws IOException {
    publish("run-1", 1, only(FIRST));
    publish("run-2", 1, only(FIRST));
    Rollback.of(output, FIRST).execute();
    publish("run-3", 2, only(FIRST));
    assertThat(kept(), is(Set.of(1L, 2L)));
    assertThat(
        PartitionManifest.in(output.resolve("records/" + FIRST)).orElseThrow().version(), is(3L));
  }

  @Test
  void bringsBackWhatARunLeftWithoutAManifest() throws IOException {
    publish("run-1", 3, only(FIRST));
    publish("run-2", 3, only(FIRST));
    Path manifest = output.resolve("records/" + FIRST + "/_manifest.json");
    Files.delete(manifest);
    publish("run-3", 3, only(FIRST));
    assertThat(kept(), is(Set.of(1L, 2L)));

    assertThat(
        Rollback.of(output, FIRST).execute(),
        is(
            List.of(
                new PublishedPartition(
                    "records", FIRST, -1, -1, -1, -1, Optional.empty(), Optional.of("run-3")))));
    assertThat(Files.exists(manifest), is(false));
    assertThat(
        StagedFolder.contents(output),
        hasEntry("records/" + FIRST + "/part-00000.parquet", "run-2"));
  }

  @Test
  void saysWhatItWouldDoAndDoesNot() throws IOException {
    publish("small", 1, only(FIRST));
    publish("large", 1, Manifests.balanced());
    Map<String, String> before = StagedFolder.contents(output);
    List<PublishedPartition> preview = Rollback.of(output, FIRST).preview();
    assertThat(StagedFolder.contents(output), is(before));
    assertThat(
        preview.stream().map(each -> each.name() + " " + each.run().orElse("gone")).toList(),
        is(List.of("aggregates/" + FIRST + " gone", "records/" + FIRST + " small")));
    assertThat(Rollback.of(output, FIRST).execute(), is(preview));
  }

  @Test
  void saysWhichPartitionsThereAre() throws IOException {
    publish("run-1", 1, Manifests.balanced());
    assertThat(
        refusal(Rollback.of(output, "dt=2001-01-99")),
        is(
            "Cannot find partition dt=2001-01-99 in %s (there are 2, from %s to %s)"
                .formatted(output, FIRST, SECOND)));
    assertThat(
        refusal(Rollback.of(Files.createDirectory(folder.resolve("none")), FIRST)),
        is(
            "Cannot find partition %s in %s (there are none)"
                .formatted(FIRST, folder.resolve("none"))));
  }

  @Test
  void saysWhatIsKept() throws IOException {
    publish("run-1", 1, only(FIRST));
    assertThat(
        refusal(Rollback.of(output, FIRST)),
        is("Cannot roll back %s: no earlier version is kept (there are none)".formatted(FIRST)));
    publish("run-2", 1, only(FIRST));
    assertThat(
        refusal(Rollback.of(output, FIRST).to("run-3")),
        is(
            "Cannot roll back %s: no version of run run-3 is kept (there are those of: run-1)"
                .formatted(FIRST)));
  }

  private void publish(String run, int keepVersions, Manifests manifests) throws IOException {
    Map<String, String> options = Map.of("keepVersions", Integer.toString(keepVersions));
    assertThat(
        PublishRun.of(StagedFolder.write(output, run, manifests.manifest(), options))
            .execute()
            .balanced(),
        is(true));
  }

  /** The run whose partition readers see. */
  private String seen(String partition) throws IOException {
    return PartitionManifest.in(output.resolve(partition))
        .map(PartitionManifest::run)
        .orElse("none");
  }

  private Set<Long> kept() throws IOException {
    return Versions.in(output).of(FIRST).keySet();
  }

  private static String refusal(Rollback rollback) {
    return assertThrows(IllegalArgumentException.class, rollback::execute).getMessage();
  }

  private static Manifests only(String partition) {
    return new Manifests()
        .count(Tally.of(Disposition.READ), 4)
        .count(Disposition.ACCEPTED, partition, 4)
        .count(Disposition.PUBLISHED, partition, 4)
        .file("records", partition, 0, 4);
  }
}
