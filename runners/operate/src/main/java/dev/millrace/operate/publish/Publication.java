package dev.millrace.operate.publish;

import dev.millrace.operate.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The swaps that publish a run: all of them or none.
 *
 * <p>What is replaced is set aside among the earlier versions of its partition. As long as the
 * folder {@code publishing} is in the staging folder the publish is not done, and can be undone;
 * renaming it is the point of no return. After it, only what nobody needs is deleted.
 */
final class Publication {
  private final PublicationPlan plan;
  private final Path staging;
  private final Path publishing;
  private final Path published;
  private final List<Swap> swaps;
  private final Versions versions;
  private final Consumer<PublishStep> reached;

  private Publication(
      PublicationPlan plan, Path staging, Path output, Consumer<PublishStep> reached) {
    this.plan = plan;
    this.staging = staging;
    this.publishing = staging.resolve("publishing");
    this.published = staging.resolve("published");
    this.swaps = plan.swaps().stream().map(swap -> Swap.of(swap, staging, output)).toList();
    this.versions = Versions.in(output);
    this.reached = reached;
  }

  /**
   * What a plan comes to.
   *
   * @param plan with places for what is replaced
   * @param staging the folder that holds the plan
   * @param reached told of each step when it is done
   */
  static Publication of(
      PublicationPlan plan, Path staging, Path output, Consumer<PublishStep> reached) {
    return new Publication(plan, staging, output, reached);
  }

  /** Whether a process has begun to publish what is in a staging folder, and not finished. */
  static boolean isUnderWay(Path staging) {
    return Files.exists(staging.resolve("publishing"))
        || Files.exists(staging.resolve("published"));
  }

  /**
   * Undoes what a process that was killed has left half done, or finishes what it had decided.
   *
   * @throws PublishException if the disk fails
   */
  void recover() {
    if (Files.exists(published)) {
      tidyUp();
      return;
    }
    List<IOException> stuck = undo();
    if (!stuck.isEmpty()) {
      throw PublishException.halfUndone(plan.run(), stuck.get(0), versions.folder(), stuck);
    }
  }

  /**
   * Runs every swap, then the last step, whose failure also undoes them.
   *
   * @throws PublishException if the disk fails; what was replaced is back where it was, unless the
   *     message says that the run is published
   */
  void publish(Step last) {
    String at = plan.run();
    try {
      Files.createDirectory(publishing);
      for (Swap swap : swaps) {
        at = swap.name();
        swap.mark();
        reached.accept(PublishStep.MARKED);
        swap.run(reached);
      }
      at = "report";
      last.run();
      reached.accept(PublishStep.REPORTED);
      Files.move(publishing, published);
    } catch (IOException e) {
      List<IOException> stuck = undo();
      throw stuck.isEmpty()
          ? PublishException.of(at, e)
          : PublishException.halfUndone(at, e, versions.folder(), stuck);
    }
    reached.accept(PublishStep.DECIDED);
    tidyUp();
  }

  /** Undoes every swap that can be, and gives what kept the others from it. */
  private List<IOException> undo() {
    List<IOException> stuck = new ArrayList<>();
    for (Swap swap : swaps) {
      try {
        swap.undo();
      } catch (IOException e) {
        stuck.add(e);
      }
    }
    if (stuck.isEmpty()) {
      try {
        Files.deleteIfExists(publishing);
      } catch (IOException e) {
        stuck.add(e);
      }
    }
    return stuck;
  }

  /** The sign that it is published goes last, with the folder that it is in. */
  private void tidyUp() {
    try {
      for (PublicationPlan.PlannedSwap swap : plan.swaps()) {
        versions.prune(swap.partition(), plan.keepVersions());
        reached.accept(PublishStep.PRUNED);
      }
      Folders.deleteLast(staging, published);
    } catch (IOException e) {
      throw PublishException.afterwards(staging, e);
    }
  }

  /** What can fail on the disk. */
  interface Step {
    void run() throws IOException;
  }
}
