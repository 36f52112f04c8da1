package dev.millrace.console;

import dev.millrace.launch.JobSpec;
import dev.millrace.launch.StagedRun;
import dev.millrace.operate.publish.OutputFolder;
import dev.millrace.operate.publish.PublishRun;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a run that passes its audit is published to: its output, another folder, or nowhere yet.
 */
final class Destination {
  private static final String STAGING_ONLY = "staging-only";

  private final Optional<String> into;

  private Destination(Optional<String> into) {
    this.into = into;
  }

  /** The run's output. */
  static Destination ofItsOwn() {
    return new Destination(Optional.empty());
  }

  /** What {@code --into} says; null without it. */
  static Destination of(String into) {
    return new Destination(Optional.ofNullable(into));
  }

  /**
   * Checks before anything is run that a job can be published there.
   *
   * @param waited whether this process will wait for its end
   * @throws IllegalArgumentException if it can't
   */
  void check(JobSpec job, boolean waited) {
    if (into.isEmpty()) {
      return;
    }
    if (Job.goesOn(job)) {
      throw new IllegalArgumentException(
          "Invalid into: %s (expected for a run that ends: this one publishes while it goes on, unless it has --until-idle)"
              .formatted(into.get()));
    }
    if (!waited) {
      throw new IllegalArgumentException(
          "Invalid into: %s (expected for a run that is waited for)".formatted(into.get()));
    }
    folder()
        .ifPresent(
            target ->
                job.option("output")
                    .ifPresent(output -> OutputFolder.checkInto(Path.of(output), target)));
  }

  /** What is to be done with a run. */
  PublishRun of(StagedRun run) {
    PublishRun publish = PublishRun.of(run);
    if (into.isEmpty()) {
      return publish;
    }
    return folder().map(publish::into).orElseGet(publish::stagingOnly);
  }

  private Optional<Path> folder() {
    return into.filter(name -> !name.equals(STAGING_ONLY)).map(Path::of);
  }
}
