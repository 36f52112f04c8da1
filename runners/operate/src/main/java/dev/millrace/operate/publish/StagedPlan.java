package dev.millrace.operate.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A run that waits in staging to be published.
 *
 * @param folder its staging folder
 * @param plan what publishing it is to swap
 */
record StagedPlan(Path folder, PublicationPlan plan) {

  /**
   * Finds a run.
   *
   * @throws IllegalArgumentException if there is none, or it isn't ready to be published
   */
  static StagedPlan of(Path output, String runId) throws IOException {
    Path folder = StagingFolders.of(output, runId);
    boolean there = StagingFolders.in(output).contains(folder);
    Optional<PublicationPlan> plan = there ? PublicationPlan.in(folder) : Optional.empty();
    if (plan.isPresent()) {
      return new StagedPlan(folder, plan.get());
    }
    if (there) {
      throw new IllegalArgumentException(
          "Cannot publish %s: it has not passed an audit (see %s)".formatted(runId, folder));
    }
    throw new IllegalArgumentException(
        "Cannot find run %s: nothing of that name is staged in %s (there are: %s)"
            .formatted(runId, output, ready(output)));
  }

  private static String ready(Path output) throws IOException {
    String names =
        StagingFolders.in(output).stream()
            .filter(folder -> Files.exists(folder.resolve(PublicationPlan.FILE_NAME)))
            .filter(folder -> Files.exists(folder.resolve(RunFacts.FILE_NAME)))
            .map(folder -> folder.getFileName().toString())
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "none" : names;
  }
}
