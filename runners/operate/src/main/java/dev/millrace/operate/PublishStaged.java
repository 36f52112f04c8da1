package dev.millrace.operate;

import dev.millrace.operate.PublicationPlan.PlannedSwap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Publishes a run that was staged and has passed its audit, however long ago. Each of its files is
 * read once more and must be as the audit found it.
 */
public final class PublishStaged {
  private final Path output;
  private final String runId;

  private PublishStaged(Path output, String runId) {
    this.output = output;
    this.runId = runId;
  }

  /** Publishes a run to the output folder that it was staged in. */
  public static PublishStaged of(Path output, String runId) {
    return new PublishStaged(output.toAbsolutePath().normalize(), runId);
  }

  /**
   * Moves the staged run to another output folder, on the same file system, to be published there.
   *
   * @throws IllegalArgumentException if there is no such run
   * @throws PublishException if it can't be moved
   */
  public PublishStaged into(Path other) {
    Path target = other.toAbsolutePath().normalize();
    try (OutputLock lock = OutputLock.of(output)) {
      Recovery.of(output).run(lock);
      plan();
      Folders.move(staging(), target.resolve(StagingFolders.NAME).resolve(runId));
    } catch (IOException e) {
      throw PublishException.of(runId, e);
    }
    return of(target, runId);
  }

  /**
   * Publishes it.
   *
   * @return what was published
   * @throws IllegalArgumentException if there is no such run, or it isn't ready to be published
   * @throws PublishException if the disk fails, or a file isn't as it was; nothing is published
   */
  public List<PublishedPartition> execute() {
    try (OutputLock lock = OutputLock.of(output)) {
      Recovery.of(output).run(lock);
      PublicationPlan plan = plan();
      checkFiles(plan);
      return new Publisher(staging(), output, plan, step -> {}).publish(lock);
    }
  }

  private Path staging() {
    return output.resolve(StagingFolders.NAME).resolve(runId);
  }

  PublicationPlan plan() {
    try {
      Optional<PublicationPlan> plan = PublicationPlan.in(staging());
      if (plan.isPresent()) {
        return plan.get();
      }
      if (Files.isDirectory(staging())) {
        throw new IllegalArgumentException(
            "Cannot publish %s: it has not passed an audit (see %s)".formatted(runId, staging()));
      }
      throw new IllegalArgumentException(
          "Cannot find run %s: nothing of that name is staged in %s (there are: %s)"
              .formatted(runId, output, ready()));
    } catch (IOException e) {
      throw PublishException.of(runId, e);
    }
  }

  private String ready() throws IOException {
    String names =
        StagingFolders.in(output).stream()
            .filter(folder -> Files.exists(folder.resolve(PublicationPlan.FILE_NAME)))
            .map(folder -> folder.getFileName().toString())
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "none" : names;
  }

  private void checkFiles(PublicationPlan plan) {
    List<String> problems = new ArrayList<>();
    try {
      for (PlannedSwap swap : plan.swaps()) {
        if (swap.source() != null) {
          problems.addAll(problems(staging().resolve(swap.source())));
        }
      }
    } catch (IOException e) {
      throw PublishException.of(runId, e);
    }
    if (!problems.isEmpty()) {
      throw PublishException.changed(runId, problems.get(0));
    }
  }

  private static List<String> problems(Path folder) throws IOException {
    PartitionManifest manifest =
        PartitionManifest.in(folder)
            .orElseThrow(() -> new IOException(folder + " has no " + PartitionManifest.FILE_NAME));
    Map<String, Long> found = new HashMap<>(Folders.sizes(folder));
    List<String> problems = new ArrayList<>();
    for (PublishedFile file : manifest.files()) {
      Path path = folder.resolve(file.name());
      if (found.remove(file.name()) == null) {
        problems.add(path + " is missing");
      } else if (!PublishedFile.sha256(path).equals(file.sha256())) {
        problems.add(path + " was changed");
      }
    }
    found.keySet().forEach(stray -> problems.add(folder.resolve(stray) + " was added"));
    return problems;
  }
}
