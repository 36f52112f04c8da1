package dev.millrace.operate.publish;

import dev.millrace.operate.Folders;
import dev.millrace.operate.publish.PublicationPlan.PlannedSwap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One partition folder that takes the place of another, or of none, or that only goes away.
 *
 * <p>How far it has got can be read from the disk alone: a staged folder that is gone has been
 * published, and a folder set aside has been replaced. So what undoes a failed publish also undoes
 * one whose process was killed.
 */
final class Swap {
  private final PlannedSwap plan;
  private final Optional<Path> staged;
  private final Path target;
  private final Path aside;
  private final Path output;

  private Swap(PlannedSwap plan, Optional<Path> staged, Path target, Path aside, Path output) {
    this.plan = plan;
    this.staged = staged;
    this.target = target;
    this.aside = aside;
    this.output = output;
  }

  /** Of folders as they lie. */
  static Swap of(PlannedSwap plan, Path staging, Path output) {
    return new Swap(
        plan,
        Optional.ofNullable(plan.source()).map(source -> staging.resolve(source).normalize()),
        output.resolve(plan.target()).normalize(),
        output.resolve(plan.aside()),
        output);
  }

  /** What is swapped, such as {@code records/dt=2001-01-15}. */
  String name() {
    return plan.name();
  }

  /** Marks the staged folder as whole: the marker is published with it, by the same rename. */
  void mark() throws IOException {
    if (staged.isPresent()) {
      Path marker = staged.get().resolve(Folders.MARKER);
      if (!Files.exists(marker)) {
        Files.createFile(marker);
      }
    }
  }

  void run(Consumer<PublishStep> reached) throws IOException {
    if (Files.exists(target)) {
      if (!Files.isDirectory(target)) {
        throw new NotDirectoryException(target.toString());
      }
      Folders.move(target, aside);
      reached.accept(PublishStep.SET_ASIDE);
    }
    if (staged.isPresent()) {
      Folders.move(staged.get(), target);
    }
    reached.accept(PublishStep.SWAPPED);
  }

  /** Puts everything back, whether this was run, half run or not run. */
  void undo() throws IOException {
    if (staged.isPresent() && !Files.exists(staged.get()) && holdsWhatWasStaged()) {
      Folders.move(target, staged.get());
    }
    if (Files.exists(aside) && !Files.exists(target)) {
      Folders.move(aside, target);
    } else if (target.startsWith(output)) {
      Folders.deleteEmpty(target.getParent(), output);
    }
    Folders.deleteEmpty(aside.getParent(), output);
  }

  /** Whatever else may have come to its place after a kill is not ours. */
  private boolean holdsWhatWasStaged() throws IOException {
    return Files.isDirectory(target)
        && PartitionManifest.in(target)
            .map(PartitionManifest::run)
            .equals(Optional.ofNullable(plan.run()));
  }
}
