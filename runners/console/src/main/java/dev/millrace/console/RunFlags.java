package dev.millrace.console;

import picocli.CommandLine.Option;

/** The options of verbs that run a pipeline which aren't the pipeline's. */
final class RunFlags {
  @Option(names = "--json", description = "Print the report as JSON, and nothing else.")
  boolean json;

  @Option(
      names = "--debug",
      description = "Let libraries log, and print failures with their stack traces.")
  boolean debug;

  /** Must come before any class of a library that logs is loaded. */
  void apply() {
    if (debug) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
    }
  }
}
