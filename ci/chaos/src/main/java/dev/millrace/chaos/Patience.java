package dev.millrace.chaos;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** How long something may take. */
record Patience(Duration limit, long start) {
  private static final Duration PAUSE = Duration.ofMillis(200);

  static Patience of(Duration limit) {
    return new Patience(limit, System.nanoTime());
  }

  /** Waits until something is so. */
  static void until(String task, Duration limit, Callable<Boolean> done) throws Exception {
    Patience patience = of(limit);
    while (!done.call()) {
      patience.check(task);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** For as long as something is meant to be down. */
  static void wait(Duration outage) {
    long end = System.nanoTime() + outage.toNanos();
    for (long left = outage.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /**
   * Gives up when it has taken too long.
   *
   * @throws IllegalStateException then
   */
  void check(String task) {
    if (System.nanoTime() - start > limit.toNanos()) {
      throw new IllegalStateException(
          "Cannot %s: it takes more than %d s".formatted(task, limit.toSeconds()));
    }
  }
}
