package dev.millrace.operate.input;

import dev.millrace.operate.Quantities;
import java.time.Duration;
import java.util.List;

/**
 * How waiting for input has ended.
 *
 * @param outcome how
 * @param missing the paths and globs that were not there; none if all were
 * @param waited for how long
 */
public record Waited(Outcome outcome, List<String> missing, Duration waited) {

  /** How waiting has ended. */
  public enum Outcome {
    /** All that was waited for is there. */
    ARRIVED,
    /** Too late: the run has failed. */
    MISSING,
    /** Too late: the output is marked as stale. */
    STALE,
    /** Somebody doesn't want to wait any longer. */
    GIVEN_UP
  }

  /** Keeps an immutable copy. */
  public Waited {
    missing = List.copyOf(missing);
  }

  /** What is missing, after how long, in a line. */
  public String message() {
    String others = missing.size() == 1 ? "" : " and %s more".formatted(missing.size() - 1);
    return "Cannot find %s%s: not there after %s"
        .formatted(missing.get(0), others, Quantities.duration(waited));
  }
}
