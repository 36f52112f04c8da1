package dev.millrace.operate.publish;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the options of a run ask of its publish.
 *
 * @param maxRejectedPercent the error budget: with more rejects than this, in percent of the
 *     records read, nothing is published; none if any number will do
 * @param allowEmpty whether partitions of the interval without records are published
 * @param keepVersions how many earlier versions of a partition are kept
 */
record PublishSettings(OptionalDouble maxRejectedPercent, boolean allowEmpty, int keepVersions) {

  /**
   * Of options by name.
   *
   * @throws IllegalArgumentException if one has no meaning
   */
  static PublishSettings of(Map<String, String> options) {
    String budget = options.getOrDefault("maxRejectedPercent", "");
    return new PublishSettings(
        budget.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(percent(budget)),
        Boolean.parseBoolean(options.getOrDefault("allowEmpty", "false")),
        versions(options.getOrDefault("keepVersions", "1")));
  }

  private static double percent(String text) {
    try {
      return checked(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw invalidPercent(text, e);
    }
  }

  private static double checked(double percent) {
    if (!(percent >= 0 && percent <= 100)) {
      throw invalidPercent(Double.toString(percent), null);
    }
    return percent;
  }

  PublishSettings withMaxRejectedPercent(double percent) {
    return new PublishSettings(OptionalDouble.of(checked(percent)), allowEmpty, keepVersions);
  }

  private static int versions(String text) {
    try {
      int versions = Integer.parseInt(text);
      if (versions >= 0) {
        return versions;
      }
    } catch (NumberFormatException e) {
      throw invalidVersions(text, e);
    }
    throw invalidVersions(text, null);
  }

  private static IllegalArgumentException invalidPercent(String text, Exception cause) {
    return new IllegalArgumentException(
        "Invalid maxRejectedPercent: %s (expected a number from 0 to 100)".formatted(text), cause);
  }

  private static IllegalArgumentException invalidVersions(String text, Exception cause) {
    return new IllegalArgumentException(
        "Invalid keepVersions: %s (expected a whole number from 0)".formatted(text), cause);
  }
}
