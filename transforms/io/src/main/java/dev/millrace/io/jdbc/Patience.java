package dev.millrace.io.jdbc;

import java.io.Serializable;
import java.time.Duration;
import org.apache.beam.sdk.util.BackOff;
import org.apache.beam.sdk.util.FluentBackoff;
import org.apache.beam.sdk.util.Sleeper;

/**
 * How long a database is waited for.
 *
 * @param statementTimeout for an answer to one statement
 * @param deadline between attempts, all in all
 * @param sleeper what waits
 */
record Patience(Duration statementTimeout, Duration deadline, SerializableSleeper sleeper)
    implements Serializable {
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  static final Patience DEFAULT =
      new Patience(Duration.ofSeconds(60), Duration.ofMinutes(5), Thread::sleep);

  /** One that can be sent to workers. */
  interface SerializableSleeper extends Sleeper, Serializable {}

  Patience {
    require("statementTimeout", statementTimeout, Duration.ofSeconds(1));
    require("retryDeadline", deadline, Duration.ofMillis(1));
  }

  private static void require(String name, Duration value, Duration least) {
    if (value.compareTo(least) < 0) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (expected at least %s)".formatted(name, value, least));
    }
  }

  Patience withStatementTimeout(Duration timeout) {
    return new Patience(timeout, deadline, sleeper);
  }

  Patience withDeadline(Duration time) {
    return new Patience(statementTimeout, time, sleeper);
  }

  Patience withSleeper(SerializableSleeper other) {
    return new Patience(statementTimeout, deadline, other);
  }

  /** The waits before further attempts, each longer than the one before it, and random. */
  BackOff backOff() {
    return FluentBackoff.DEFAULT
        .withInitialBackoff(org.joda.time.Duration.millis(FIRST_WAIT.toMillis()))
        .withMaxBackoff(org.joda.time.Duration.millis(LONGEST_WAIT.toMillis()))
        .withMaxCumulativeBackoff(org.joda.time.Duration.millis(deadline.toMillis()))
        .backoff();
  }
}
