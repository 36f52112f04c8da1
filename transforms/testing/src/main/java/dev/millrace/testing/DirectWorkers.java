package dev.millrace.testing;

import java.time.Duration;

/**
 * The threads in which the DirectRunner runs bundles. It doesn't wait for them when a run fails or
 * is cancelled: they finish what they are at, and may still be writing.
 */
public final class DirectWorkers {
  private static final String WORKER = "direct-runner-worker";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private DirectWorkers() {}

  /**
   * Waits until those of all runs in this process have ended.
   *
   * @throws AssertionError if one goes on for longer than a minute: its run has not ended
   */
  public static void join() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith(WORKER)) {
        thread.join(PATIENCE.toMillis());
        if (thread.isAlive()) {
          throw new AssertionError("A pipeline still runs: " + thread);
        }
      }
    }
  }
}
