package dev.millrace.ledger;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Tries again what failed for a reason that passes, after waits that double, until the time is up.
 *
 * @param ledger the ledger, as messages name it
 * @param deadline how long, all in all
 */
record Patience(String ledger, Duration deadline) {
  private static final Duration FIRST_WAIT = Duration.ofMillis(20);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /**
   * The result of the first attempt that succeeds.
   *
   * @param task what is done with the ledger, such as {@code open}
   * @throws LedgerException if the time is up, or the reason is one that stays
   */
  <T> T retry(String task, Supplier<T> attempt) {
    long end = System.nanoTime() + deadline.toNanos();
    Duration wait = FIRST_WAIT;
    while (true) {
      try {
        return attempt.get();
      } catch (LedgerException e) {
        throw e;
      } catch (RuntimeException e) {
        Failure failure = Failure.of(e).orElseThrow(() -> e);
        if (!failure.passes()) {
          throw failed(task, failure.reason(), failure.remedy(), e);
        }
        if (System.nanoTime() + wait.toNanos() > end) {
          String reason = "%s, tried for %s".formatted(failure.reason(), deadline);
          throw failed(task, reason, failure.remedy(), e);
        }
        sleep(task, wait, e);
        wait = longer(wait);
      }
    }
  }

  private static Duration longer(Duration wait) {
    Duration twice = wait.multipliedBy(2);
    return twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
  }

  private void sleep(String task, Duration wait, RuntimeException failure) {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(task, "interrupted while it waited", "start it again", failure);
    }
  }

  private LedgerException failed(String task, String reason, String remedy, RuntimeException e) {
    return new LedgerException(
        "Cannot %s ledger %s: %s: %s".formatted(task, ledger, reason, remedy), e);
  }
}
