package dev.millrace.operate.input;

import dev.millrace.ledger.Interval;
import dev.millrace.operate.publish.PublishException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Waits until the input of a run is there. It looks again after a second, then after two, four, and
 * so on, at last every minute. What has come once and gone again is missing.
 */
public final class WaitForInput {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** Lets time pass. */
  public interface Sleeper {
    /** A sleeper that lets it really pass. */
    Sleeper THREAD =
        duration -> {
          Thread.sleep(duration.toMillis());
          return true;
        };

    /**
     * Sleeps.
     *
     * @return whether to look again; false if nobody waits any longer
     */
    boolean sleep(Duration duration) throws InterruptedException;
  }

  private final InputWait wait;
  private final Clock clock;
  private final Sleeper sleeper;

  private WaitForInput(InputWait wait, Clock clock, Sleeper sleeper) {
    this.wait = wait;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /** Waits for something by a clock, and as a sleeper says. */
  public static WaitForInput of(InputWait wait, Clock clock, Sleeper sleeper) {
    return new WaitForInput(wait, clock, sleeper);
  }

  /**
   * Waits for the input of one run. Where it doesn't come in time the output is marked as stale, if
   * that is wanted; where it does, it no longer is.
   *
   * @param output the folder that the run publishes to, which need not be there
   * @param slice the interval of the run; empty if it has none
   * @throws IllegalArgumentException if what is waited for depends on a date, and there is none
   * @throws PublishException if the marker can't be written or removed
   */
  public Waited execute(Path output, Optional<Interval> slice) throws InterruptedException {
    Instant start = clock.instant();
    Instant deadline = start.plus(wait.timeout());
    SortedMap<String, PathGlob> wanted = wait.of(slice);
    for (Duration pause = SHORTEST; ; pause = longer(pause)) {
      List<String> missing =
          wanted.keySet().stream().filter(path -> !wanted.get(path).exists()).toList();
      Instant now = clock.instant();
      Duration waited = Duration.between(start, now);
      if (missing.isEmpty()) {
        StaleMarker.remove(output);
        return new Waited(Waited.Outcome.ARRIVED, missing, waited);
      }
      if (!now.isBefore(deadline)) {
        return tooLate(output, now, missing, waited);
      }
      Duration left = Duration.between(now, deadline);
      if (!sleeper.sleep(pause.compareTo(left) < 0 ? pause : left)) {
        return new Waited(Waited.Outcome.GIVEN_UP, missing, waited);
      }
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
  }

  private Waited tooLate(Path output, Instant now, List<String> missing, Duration waited) {
    if (wait.onMissing() == InputWait.OnMissing.FAIL) {
      return new Waited(Waited.Outcome.MISSING, missing, waited);
    }
    StaleMarker.write(output, now, missing);
    return new Waited(Waited.Outcome.STALE, missing, waited);
  }
}
