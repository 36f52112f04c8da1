package dev.millrace.io;

import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is told to go on. */
public final class FakeClock extends Clock implements Serializable {
  private static final long serialVersionUID = 1L;

  private long millis;
  private long step;

  /** A clock that goes on by so much each time that it is looked at. */
  public static FakeClock ticking(long step) {
    FakeClock clock = new FakeClock();
    clock.step = step;
    return clock;
  }

  public void advance(long by) {
    millis += by;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public Instant instant() {
    millis += step;
    return Instant.ofEpochMilli(millis);
  }
}
