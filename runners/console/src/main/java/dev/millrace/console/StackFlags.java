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

  /** Where the stack's broker is. */
  String broker() {
    return address("kafka", "broker");
  }

  /** Where the stack's Flink cluster is. */
  String cluster() {
    return address("flink", "cluster");
  }

  private String address(String port, String what) {
    Integer number = stack().publicPorts().get(port);
    if (number == null) {
      throw new IllegalArgumentException(
          "Cannot find the stack's %s: there is no stack here (millrace dev up starts one)"
              .formatted(what));
    }
    return "127.0.0.1:" + number;
  }
}
