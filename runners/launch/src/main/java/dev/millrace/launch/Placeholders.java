package dev.millrace.launch;

import java.util.Map;
import java.util.Set;

/**
 * The logical interval in the values of a job: {@code {from}} and {@code {to}}. Not in the input,
 * where they and {@code {date}} choose files, which is the pipeline's to do.
 */
final class Placeholders {
  private static final Set<String> FILES = Set.of("input", "bootstrapFrom");

  private Placeholders() {}

  /** Replaces them in all settings but the input. */
  static void fill(Map<String, Setting> settings) {
    settings.replaceAll(
        (name, setting) ->
            FILES.contains(name)
                ? setting
                : replace("to", settings, name, replace("from", settings, name, setting)));
  }

  private static Setting replace(
      String placeholder, Map<String, Setting> settings, String name, Setting setting) {
    String braced = "{" + placeholder + "}";
    if (!setting.value().contains(braced)) {
      return setting;
    }
    Setting bound = settings.get(placeholder);
    if (bound == null) {
      throw new IllegalArgumentException(
          setting.blame(
              "Missing required value: %s (for %s: %s)"
                  .formatted(placeholder, name, setting.value())));
    }
    return new Setting(setting.value().replace(braced, bound.value()), setting.origin());
  }
}
