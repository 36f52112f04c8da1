package dev.millrace.operate.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says now and then that its process is alive, from a thread of its own. */
public final class Heartbeat implements AutoCloseable {
  /** How often. */
  public static final Duration INTERVAL = Duration.ofSeconds(5);

  /** After how long without it a process counts as dead: some may be missed on a busy machine. */
  public static final Duration STALE_AFTER = Duration.ofSeconds(60);

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Duration interval;

  private Heartbeat(Duration interval) {
    this.interval = interval;
  }

  /** Begins with one beat after the usual interval. */
  public static Heartbeat start(Runnable beat) {
    return start(INTERVAL, beat);
  }

  /**
   * Begins with one beat after the interval.
   *
   * @param interval how often, well below {@link #STALE_AFTER}
   * @param beat what says so; where it fails, the next one may get through
   */
  static Heartbeat start(Duration interval, Runnable beat) {
    Heartbeat heartbeat = new Heartbeat(interval);
    Thread thread = new Thread(() -> heartbeat.run(beat), "millrace-heartbeat");
    thread.setDaemon(true);
    thread.start();
    return heartbeat;
  }

  private void run(Runnable beat) {
    try {
      while (!stopped.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        attempt(beat);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whoever has work to record meets the same failure, and says so. */
  private static void attempt(Runnable beat) {
    try {
      beat.run();
    } catch (RuntimeException e) {
      return;
    }
  }

  @Override
  public void close() {
    stopped.countDown();
  }
}
