package dev.millrace.console;

import dev.millrace.dev.LocalStack;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of all verbs that deal with the local stack. */
final class StackFlags {
  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "The folder that holds the stack. Default: .millrace/dev, in this folder or the nearest"
              + " one above that has it.")
  Path state;

  @Option(names = "--json", description = "Print JSON, and nothing else.")
  boolean json;

  LocalStack stack() {
    Path home = Path.of(System.getProperty("millrace.home", ""));
    return state == null ? LocalStack.of(Path.of(""), home) : LocalStack.in(state, home);
  }
}
