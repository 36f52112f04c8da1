package dev.millrace.console;

import picocli.CommandLine.Option;

/** The options of verbs that make a backfill: how it is cut into slices, and run. */
final class SliceFlags {
  @Option(
      names = "--interval",
      paramLabel = "LENGTH",
      defaultValue = "1d",
      description = "The length of a slice, such as 1d or 1h. Default: ${DEFAULT-VALUE}.")
  String interval;

  @Option(
      names = "--max-active-runs",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How many slices run at a time, each in a process of its own. Default: ${DEFAULT-VALUE}.")
  int maxActiveRuns;

  @Option(names = "--dry-run", description = "Only say what would be run, and why.")
  boolean dryRun;
}
