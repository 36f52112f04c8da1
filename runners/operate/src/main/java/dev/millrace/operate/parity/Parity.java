package dev.millrace.operate.parity;

import java.time.Duration;
import java.util.List;

/**
 * Whether runs of one job in several ways gave one answer.
 *
 * @param runs the runs, the one that the others are compared with first
 * @param differences what is not the same, a line each, the first of each table and run
 */
public record Parity(List<Run> runs, List<String> differences) {

  /**
   * One of the runs.
   *
   * @param name how it was run
   * @param rows the rows of all that it published
   */
  public record Run(String name, long rows, Duration elapsed) {}

  /** Keeps immutable copies. */
  public Parity {
    runs = List.copyOf(runs);
    differences = List.copyOf(differences);
  }

  /** Whether nothing differs. */
  public boolean holds() {
    return differences.isEmpty();
  }
}
