package dev.millrace.operate.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Undoes what publishes whose processes were killed have left half done in an output folder, or
 * finishes what they had decided. Then each partition is as one run left it, and the staged runs
 * can be published once more. Costs a look at the staging folders.
 */
public final class Recovery {
  private final Path output;

  private Recovery(Path output) {
    this.output = output;
  }

  /** Of an output folder, which need not be there. */
  public static Recovery of(Path output) {
    return new Recovery(output);
  }

  /**
   * Recovers.
   *
   * @throws PublishException if the disk fails, or another publishes all the time
   */
  public void run() {
    if (!Files.isDirectory(output.resolve(StagingFolders.NAME))) {
      return;
    }
    try (OutputLock lock = OutputLock.of(output)) {
      run(lock);
    }
  }

  /** Recovers under a lock that is held. */
  void run(OutputLock lock) {
    lock.checkHeld();
    try {
      for (Path staging : StagingFolders.in(output)) {
        Optional<PublicationPlan> plan = PublicationPlan.in(staging);
        if (plan.isPresent() && Publication.isUnderWay(staging)) {
          Publication.of(plan.get(), staging, output, step -> {}).recover();
        }
      }
    } catch (IOException e) {
      throw PublishException.of("run", e);
    }
  }
}
