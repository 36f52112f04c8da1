package dev.millrace.launch;

import java.time.Duration;

/** Is told, several times a second, that a run is going on. */
@FunctionalInterface
public interface Progress {
  /** Called from a thread of its own, with the time since the run started. */
  void tick(Duration elapsed);
}
