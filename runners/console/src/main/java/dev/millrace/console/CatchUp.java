package dev.millrace.console;

import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Launcher;
import dev.millrace.ledger.Interval;
import dev.millrace.operate.backfill.BackfillRequest;
import dev.millrace.operate.backfill.Reprocess;
import dev.millrace.operate.backfill.SliceRange;
import dev.millrace.operate.publish.PartitionTimes;
import dev.millrace.operate.publish.PublishedPartitions;
import dev.millrace.operate.publish.Recovery;
import dev.millrace.operate.run.Intervals;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code millrace catchup}. */
@Command(
    name = "catchup",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Run the slices from the last published partition up to a day, as a backfill.",
      "",
      "With --from-date it begins there: what is published, and hasn't changed, isn't run again."
    },
    customSynopsis =
        "millrace catchup JOB.yaml|PIPELINE --until=DAY [--from-date=DAY] [--dry-run]"
            + " [--OPTION=VALUE]...",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "Any other option is the pipeline's or Beam's, as with 'millrace run'. Slices that have failed"
          + " are run again.",
      "",
      "Exit codes: 0 all slices are published, 1 some have failed, 2 wrong usage, 3 anything else"
          + " failed"
    })
final class CatchUp implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private BackfillFlags flags;

  @Mixin private SliceFlags slices;

  @Option(
      names = "--until",
      required = true,
      paramLabel = "DAY",
      description = "The end, a UTC day or instant, which is not in it: the day after the last.")
  private String until;

  @Option(
      names = "--from-date",
      paramLabel = "DAY",
      description = "Where to begin. Default: after the last published partition.")
  private String from;

  @Parameters(
      paramLabel = "JOB.yaml|PIPELINE",
      description = "A job file, or the name of a pipeline.")
  private String job;

  @Unmatched private List<String> options = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    flags.run.apply();
    JobSpec spec = Job.named(job).withArguments(options);
    if (from != null) {
      return run(spec, SliceRange.upTo(from, until, slices.interval));
    }
    Intervals.parse("until", until);
    Path output = Launcher.create(Clock.systemUTC()).target(spec).output();
    Instant last = last(output);
    Optional<SliceRange> range = SliceRange.upTo(last, until, slices.interval);
    if (range.isEmpty()) {
      new BackfillLines(this.spec.commandLine(), flags.run.json).nothing(output, last);
      return ExitCodes.DONE;
    }
    return run(spec, range.get());
  }

  private int run(JobSpec spec, SliceRange range) throws InterruptedException {
    BackfillRequest request = request(range);
    BackfillSession session = new BackfillSession(this.spec.commandLine(), flags);
    return slices.dryRun ? session.dryRun(request, spec) : session.create(request, spec);
  }

  /** The end of the last partition that is published. */
  private static Instant last(Path output) {
    Recovery.of(output).run();
    return PublishedPartitions.in(output).stream()
        .flatMap(name -> PartitionTimes.interval(name).stream())
        .map(Interval::to)
        .max(Instant::compareTo)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Missing required value: from-date (nothing is published in %s yet)"
                        .formatted(output)));
  }

  private BackfillRequest request(SliceRange range) {
    return new BackfillRequest(
        Job.identity(job),
        options,
        flags.wait.arguments(),
        range,
        slices.maxActiveRuns,
        Reprocess.FAILED,
        false,
        "catch-up");
  }
}
