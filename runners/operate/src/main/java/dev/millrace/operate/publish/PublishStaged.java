package dev.millrace.operate.publish;

import dev.millrace.io.table.Manifest;
import dev.millrace.operate.Folders;
import dev.millrace.operate.RunState;
import dev.millrace.operate.publish.PublicationPlan.PlannedSwap;
import dev.millrace.operate.report.RunReport;
import dev.millrace.operate.report.StagedReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Publishes a run that was staged and has passed its audit, however long ago. Each of its files is
 * read once more and must be as the audit found it.
 */
public final class PublishStaged {
  private final Path output;
  private final Path target;
  private final String runId;

  private PublishStaged(Path output, Path target, String runId) {
    this.output = output;
    this.target = target;
    this.runId = runId;
  }

  /** Publishes a run to the output folder that it was staged in. */
  public static PublishStaged of(Path output, String runId) {
    Path absolute = output.toAbsolutePath().normalize();
    return new PublishStaged(absolute, absolute, runId);
  }

  /**
   * Publishes it to another output folder, on the same file system. The run is first moved to
   * staging there: if publishing then fails, that is where it can be repeated. Its quarantine goes
   * along, unless it has a folder outside of the output.
   */
  public PublishStaged into(Path other) {
    return new PublishStaged(output, other.toAbsolutePath().normalize(), runId);
  }

  /**
   * Publishes it.
   *
   * @return what was published
   * @throws IllegalArgumentException if there is no such run, or it isn't ready to be published, or
   *     the folder to publish to is not for runs
   * @throws PublishException if the disk fails, or a file isn't as it was; nothing is published
   */
  public List<PublishedPartition> execute() {
    return publish().partitions();
  }

  /**
   * How long after its end a partition of the run has to be published, as long as it is staged;
   * empty if its contract doesn't say, or there is no such run.
   *
   * @throws PublishException if the disk fails
   */
  public Optional<Duration> latency() {
    try {
      return RunFacts.in(StagingFolders.of(output, runId))
          .flatMap(facts -> facts.contract().contract().latency());
    } catch (IOException e) {
      throw PublishException.of(runId, e);
    }
  }

  /** What was published, and the report of it. */
  record Published(RunReport report, List<PublishedPartition> partitions) {}

  Published publish() {
    boolean moves = !target.equals(output);
    if (moves) {
      move();
    }
    try (OutputLock lock = OutputLock.of(target)) {
      Recovery.of(target).run(lock);
      StagedPlan staged = StagedPlan.of(target, runId);
      if (!moves) {
        checkFiles(staged);
      }
      RunReport report = report(staged);
      Publisher publisher = new Publisher(staged.folder(), target, staged.plan(), step -> {});
      return new Published(report, publisher.publish(lock));
    } catch (IOException e) {
      throw PublishException.of(runId, e);
    }
  }

  /**
   * Says what {@link #execute} would return, and does nothing of it.
   *
   * @throws IllegalArgumentException as that does
   * @throws PublishException as that does
   */
  public List<PublishedPartition> preview() {
    try (OutputLock lock = OutputLock.of(output)) {
      Recovery.of(output).run(lock);
      StagedPlan staged = StagedPlan.of(output, runId);
      if (!target.equals(output)) {
        checkTarget();
      }
      checkFiles(staged);
      return new Publisher(staged.folder(), target, staged.plan(), step -> {}).preview();
    } catch (IOException e) {
      throw PublishException.of(runId, e);
    }
  }

  private void move() {
    try (OutputLock lock = OutputLock.of(output)) {
      Recovery.of(output).run(lock);
      StagedPlan staged = StagedPlan.of(output, runId);
      checkTarget();
      checkFiles(staged);
      OutputFolder.claim(target);
      staged.plan().from(output).writeTo(staged.folder());
      Folders.move(staged.folder(), StagingFolders.of(target, runId));
    } catch (IOException e) {
      throw PublishException.of(runId, e);
    }
  }

  private void checkTarget() throws IOException {
    OutputFolder.checkFree(target);
    Path staging = StagingFolders.of(target, runId);
    if (Files.exists(staging)) {
      throw new IllegalArgumentException(
          "Cannot publish %s into %s: a run of that name is staged there (publish or delete %s)"
              .formatted(runId, target, staging));
    }
  }

  /** As it was when the run was staged, but for where things are now. */
  private RunReport report(StagedPlan staged) throws IOException {
    RunFacts facts =
        RunFacts.in(staged.folder())
            .orElseThrow(
                () -> new IOException(staged.folder().resolve(RunFacts.FILE_NAME) + " is missing"));
    Manifest manifest = Manifest.read(staged.folder().resolve(Manifest.FILE_NAME));
    RunReport report =
        RunReport.of(
            facts.run(staged.folder(), target), manifest, facts.checks(), RunState.PUBLISHED);
    StagedReport.write(report);
    return report;
  }

  private void checkFiles(StagedPlan staged) throws IOException {
    for (PlannedSwap swap : staged.plan().swaps()) {
      if (swap.source() != null) {
        Optional<String> problem = problem(staged.folder().resolve(swap.source()));
        if (problem.isPresent()) {
          throw PublishException.changed(runId, problem.get());
        }
      }
    }
  }

  private static Optional<String> problem(Path folder) throws IOException {
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
    return problems.stream().findFirst();
  }
}
