package dev.millrace.launch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ticks a {@link Progress} until it is closed, while the runner blocks the launching thread. */
final class Ticker implements AutoCloseable {
  private static final long PERIOD_MILLIS = 250;

  private final ScheduledThreadPoolExecutor thread;

  private Ticker(ScheduledThreadPoolExecutor thread) {
    this.thread = thread;
  }

  static Ticker start(Progress progress, Clock clock) {
    Instant start = clock.instant();
    ScheduledThreadPoolExecutor thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread daemon = new Thread(task, "millrace-progress");
              daemon.setDaemon(true);
              return daemon;
            });
    var unused =
        thread.scheduleAtFixedRate(
            () -> progress.tick(Duration.between(start, clock.instant())),
            0,
            PERIOD_MILLIS,
            TimeUnit.MILLISECONDS);
    return new Ticker(thread);
  }

  /** Returns when a tick that has begun has ended, so that nothing is printed over what follows. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
        return; // a listener that blocks must not hold up the run's end
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
