package dev.millrace.io;

import java.time.Clock;

/**
 * The one clock of the sources. A source that waits for files or messages has to know when to look
 * again, and how long nothing has come; no record and no stage ever sees the time.
 */
public final class WallClock {
  private WallClock() {}

  /** The machine's. */
  public static Clock utc() {
    return Clock.systemUTC();
  }
}
