package dev.millrace.console;

import dev.millrace.launch.JobSpec;
import dev.millrace.operate.backfill.BackfillRequest;
import dev.millrace.operate.backfill.Reprocess;
import dev.millrace.operate.backfill.SliceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code millrace backfill create}. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Plan the slices of a range, and run those that have to be.",
    customSynopsis =
        "millrace backfill create JOB.yaml|PIPELINE (--from-date=DAY --to-date=DAY |"
            + " --partitions=DAY,...) [--dry-run] [--OPTION=VALUE]...",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "Any other option is the pipeline's or Beam's, as with 'millrace run'.",
      "",
      "Exit codes: 0 all slices are published, 1 some have failed, 2 wrong usage, 3 anything else"
          + " failed"
    })
final class BackfillCreate implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private BackfillFlags flags;

  @Mixin private SliceFlags slices;

  @Option(
      names = "--from-date",
      paramLabel = "DAY",
      description = "The first UTC day, or instant, such as 2001-01-01.")
  private String from;

  @Option(
      names = "--to-date",
      paramLabel = "DAY",
      description = "The end, which is not in it: the day after the last.")
  private String to;

  @Option(
      names = "--partitions",
      paramLabel = "DAYS",
      description = "In place of a range: single UTC days, separated by commas.")
  private String partitions;

  @Option(
      names = "--reprocess-behavior",
      paramLabel = "none|failed|completed",
      defaultValue = "none",
      description =
          "Which slices are run again although nothing has changed: those that failed, or also"
              + " those that are published. Default: ${DEFAULT-VALUE}.")
  private String reprocess;

  @Option(names = "--run-backwards", description = "Begin with the latest slice.")
  private boolean backwards;

  @Option(names = "--reason", defaultValue = "", description = "Why, for the ledger.")
  private String reason;

  @Parameters(
      paramLabel = "JOB.yaml|PIPELINE",
      description = "A job file, or the name of a pipeline.")
  private String job;

  @Unmatched private List<String> options = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    flags.run.apply();
    BackfillRequest request = request();
    JobSpec spec = Job.named(request.job()).withArguments(request.arguments());
    BackfillSession session = new BackfillSession(this.spec.commandLine(), flags);
    return slices.dryRun ? session.dryRun(request, spec) : session.create(request, spec);
  }

  private BackfillRequest request() {
    return new BackfillRequest(
        Job.identity(job),
        options,
        flags.wait.arguments(),
        range(),
        slices.maxActiveRuns,
        Reprocess.named(reprocess),
        backwards,
        reason);
  }

  private SliceRange range() {
    if (partitions != null) {
      if (from != null || to != null) {
        throw new IllegalArgumentException(
            "Invalid --partitions: %s (expected without --from-date and --to-date)"
                .formatted(partitions));
      }
      return SliceRange.days(partitions);
    }
    if (from == null || to == null) {
      throw new IllegalArgumentException(
          "Missing required value: %s (or partitions)"
              .formatted(from == null ? "from-date" : "to-date"));
    }
    return SliceRange.between(from, to, slices.interval);
  }
}
