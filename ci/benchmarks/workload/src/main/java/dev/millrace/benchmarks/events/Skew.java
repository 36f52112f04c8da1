package dev.millrace.benchmarks.events;

import java.util.Locale;

/** What four of five lines have in common. */
public enum Skew {
  /** Nothing: keys and groups are spread. */
  NONE,
  /** Their hour, type and country: one group of the aggregate. All are published. */
  GROUP,
  /** All of them are copies of the first line: one key of the duplicates. */
  KEY;

  private static final int STREAM = 4;

  /** Whether a row is one of the four of five; the first never is. */
  boolean has(long row, Dice dice) {
    if (this == NONE || row == 0) {
      return false;
    }
    dice.start(row, STREAM);
    return dice.below(5) < 4;
  }

  /** What is added to a folder's name. */
  String suffix() {
    return this == NONE ? "" : "-" + name().toLowerCase(Locale.ROOT);
  }
}
