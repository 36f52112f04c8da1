package dev.millrace.benchmarks.events;

import java.util.Locale;

/** What four of five lines have in common, or another share of them. */
public enum Skew {
  /** Nothing: keys and groups are spread. */
  NONE,
  /** Their hour, type and country: one group of the aggregate. All are published. */
  GROUP,
  /** All of them are copies of the first line: one key of the duplicates. */
  KEY;

  private static final int STREAM = 4;

  /** Whether a row is one of so many of a hundred; the first never is. */
  boolean has(long row, int percent, Dice dice) {
    if (this == NONE || row == 0) {
      return false;
    }
    dice.start(row, STREAM);
    return dice.below(100) < percent;
  }

  /** What is added to a folder's name. */
  String suffix() {
    return this == NONE ? "" : "-" + name().toLowerCase(Locale.ROOT);
  }
}
