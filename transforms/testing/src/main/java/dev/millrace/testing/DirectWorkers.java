package dev.millrace.testing;

import java.time.Duration;
import java.util.function.Predicate;

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
    join(worker -> true);
  }

  /** Marks what this thread runs from now on: others may have runs of their own meanwhile. */
  static Mine mine() {
    return new Mine(Thread.currentThread());
  }

  private static void join(Predicate<Thread> which) throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith(WORKER) && which.test(thread)) {
        thread.join(PATIENCE.toMillis());
        if (thread.isAlive()) {
          throw new AssertionError("A pipeline still runs: " + thread);
        }
      }
    }
  }

  /** Those of the runs of one thread. They have its context class loader, as threads do. */
  static final class Mine {
    private final Thread thread;
    private final ClassLoader before;
    private final ClassLoader mark;

    private Mine(Thread thread) {
      this.thread = thread;
      this.before = thread.getContextClassLoader();
      this.mark = new Mark(before);
      thread.setContextClassLoader(mark);
    }

    /** Waits until they have ended, like {@link DirectWorkers#join}, and marks no more. */
    void join() throws InterruptedException {
      thread.setContextClassLoader(before);
      DirectWorkers.join(worker -> worker.getContextClassLoader() == mark);
    }
  }

  /** Loads what its parent does, and nothing else. */
  private static final class Mark extends ClassLoader {
    private Mark(ClassLoader parent) {
      super(parent);
    }
  }
}
