package dev.millrace.operate.backfill;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which slices that were run before are run again although nothing about them has changed. */
public enum Reprocess {
  /** None of them. */
  NONE,
  /** Those that failed. */
  FAILED,
  /** All of them. */
  COMPLETED;

  /**
   * The one of a name such as {@code failed}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Reprocess named(String name) {
    return Arrays.stream(values())
        .filter(each -> each.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid --reprocess-behavior: %s (expected %s)"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(Reprocess::toString)
                                .collect(Collectors.joining(", ")))));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
