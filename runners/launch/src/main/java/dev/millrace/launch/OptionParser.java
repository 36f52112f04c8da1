package dev.millrace.launch;

import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Makes Beam's options of settings, and says in one line what is wrong with them and where: Beam's
 * own messages name classes.
 */
final class OptionParser<O extends PipelineOptions> {
  private final Class<O> type;
  private final KnownOptions known;

  OptionParser(Class<O> type) {
    this.type = type;
    this.known = KnownOptions.of(type);
  }

  /** Refuses a setting whose option isn't known. */
  void checkKnown(String name, Setting setting) {
    if (!known.has(name)) {
      throw new IllegalArgumentException(
          setting.blame("Invalid option: %s%s".formatted(name, Nearest.hint(name, known.names()))));
    }
  }

  /**
   * Parses settings.
   *
   * @throws IllegalArgumentException if a name isn't known, a value is wrong, or one is missing
   */
  O parse(Map<String, Setting> settings) {
    settings.forEach(this::checkKnown);
    O options = parseValues(settings);
    known.missing(options).stream()
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException("Missing required value: " + name);
            });
    return options;
  }

  private O parseValues(Map<String, Setting> settings) {
    try {
      return PipelineOptionsFactory.fromArgs(arguments(settings)).as(type);
    } catch (IllegalArgumentException e) {
      settings.forEach(this::checkValue);
      throw e;
    }
  }

  private void checkValue(String name, Setting setting) {
    try {
      PipelineOptionsFactory.fromArgs(arguments(Map.of(name, setting))).as(type);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          setting.blame(
              "Invalid %s: %s (expected %s)"
                  .formatted(name, setting.value(), known.expected(name))),
          e);
    }
  }

  private static String[] arguments(Map<String, Setting> settings) {
    return settings.entrySet().stream()
        .map(entry -> "--%s=%s".formatted(entry.getKey(), entry.getValue().value()))
        .toArray(String[]::new);
  }
}
