package dev.millrace.dev;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How long to go on looking, with a pause after each look. */
record Deadline(long nanoTime) {
  private static final Duration PAUSE = Duration.ofMillis(100);

  static Deadline in(Duration patience) {
    return new Deadline(System.nanoTime() + patience.toNanos());
  }

  /** Pauses, and says whether to look again. */
  boolean waits() {
    LockSupport.parkNanos(PAUSE.toNanos());
    return nanoTime - System.nanoTime() > 0;
  }
}
