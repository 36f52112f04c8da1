package dev.millrace.benchmarks.startup;

import dev.millrace.benchmarks.events.Truth;
import java.util.List;
import java.util.Optional;

/**
 * What is started.
 *
 * @param title its name in the table
 * @param arguments those of the launcher
 * @param truth what its output must come to; empty for what has no output that others know
 */
record Command(String title, List<String> arguments, Optional<Truth> truth) {
  static Command of(String title, String... arguments) {
    return new Command(title, List.of(arguments), Optional.empty());
  }

  Command withTruth(Truth newTruth) {
    return new Command(title, arguments, Optional.of(newTruth));
  }
}
