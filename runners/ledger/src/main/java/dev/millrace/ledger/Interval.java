package dev.millrace.ledger;

import java.time.Instant;

/**
 * A half-open interval of time, {@code [from, to)}.
 *
 * @param from its first instant
 * @param to the first instant after it
 */
public record Interval(Instant from, Instant to) {

  /** Cuts off what is finer than microseconds, and refuses an interval with nothing in it. */
  public Interval {
    from = Times.exact(from);
    to = Times.exact(to);
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "Invalid interval: [%s, %s) (expected a start before the end)".formatted(from, to));
    }
  }

  /** Whether there is an instant that is in both. */
  public boolean overlaps(Interval other) {
    return from.isBefore(other.to) && other.from.isBefore(to);
  }

  @Override
  public String toString() {
    return "[%s, %s)".formatted(from, to);
  }
}
