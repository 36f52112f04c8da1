package dev.millrace.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.launch.Cluster;
import dev.millrace.launch.ClusterJob;
import dev.millrace.launch.JobStatus;
import dev.millrace.ledger.Ledger;
import dev.millrace.operate.publish.CommittedRun;
import dev.millrace.operate.publish.CommittedRuns;
import dev.millrace.operate.publish.OutputFolder;
import dev.millrace.operate.status.PartitionReport;
import dev.millrace.pipelines.Catalog;
import java.nio.file.Path;
import java.time.Clock;
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
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code millrace status}: of the partitions of a job, or of the runs on a cluster. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Say how the partitions of a job are: published, staged, running, failed or missing, with"
          + " rows, and how late by the contract's latency.",
      "",
      "Or, of runs on a cluster: what became of records, how far they are behind, their"
          + " checkpoints and failures.",
      "",
      "Or, of a run that publishes by commits, whether it goes on or has ended: what became of the"
          + " records up to the last one. Those of a job's output are there with its partitions."
    },
    customSynopsis = {
      "millrace status JOB.yaml|PIPELINE [--from-date=DAY] [--to-date=DAY] [--json]"
          + " [--OPTION=VALUE]...",
      "       millrace status [RUN] [--flinkMaster=HOST:PORT] [--json]",
      "       millrace status RUN --output=DIR [--json]"
    },
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "A pipeline needs an --output, to be told from a run. Any other option is the job's, as with"
          + " 'millrace run'.",
      "",
      "Counts of a cluster are since the tasks were last started, and some seconds old. What is"
          + " true in the end is in a run's report.",
      "",
      "Exit codes: 0 done, 1 commits that don't add up, 2 wrong usage, 3 no cluster, or a job there"
          + " that has failed or is being started again"
    })
final class Status implements Callable<Integer> {
  private static final String OUTPUT = "--output=";

  @Spec private CommandSpec spec;

  @Mixin private ClusterFlags flags;

  @Mixin private LedgerFlags ledgerFlags;

  @Option(
      names = "--from-date",
      paramLabel = "DAY",
      description = "The first UTC day, or instant. Default: that of the first partition known.")
  private String from;

  @Option(
      names = "--to-date",
      paramLabel = "DAY",
      description = "The end, which is not in it. Default: that of the last partition known.")
  private String to;

  @Parameters(
      paramLabel = "JOB.yaml|PIPELINE|RUN",
      arity = "0..1",
      description =
          "A job file or pipeline; or the id of a run, or of a job of a cluster. Default: all that"
              + " go on there.")
  private String job;

  @Unmatched private List<String> options = new ArrayList<>();

  @Override
  public Integer call() {
    if (isOfPartitions()) {
      return partitions();
    }
    return job != null && hasOutput() ? commits() : cluster();
  }

  private boolean isOfPartitions() {
    return job != null && (Job.isFile(job) || (isPipeline(job) && hasOutput()));
  }

  private boolean hasOutput() {
    return options.stream().anyMatch(option -> option.startsWith(OUTPUT));
  }

  private static boolean isPipeline(String name) {
    return Catalog.all().stream().anyMatch(pipeline -> pipeline.name().equals(name));
  }

  private int partitions() {
    JobPartitions partitions = JobPartitions.of(Job.named(job).withArguments(options), from, to);
    try (Ledger ledger = ledgerFlags.openIfThere().orElse(null)) {
      PartitionReport report = partitions.report(Optional.ofNullable(ledger), Clock.systemUTC());
      PartitionStatusLines lines = new PartitionStatusLines(report);
      return print(lines.text(), lines.json(), CommittedRuns.in(report.output()));
    }
  }

  private int commits() {
    String option =
        options.stream().filter(each -> each.startsWith(OUTPUT)).findFirst().orElseThrow();
    options.remove(option);
    refuseJobOptions();
    Path output = Path.of(option.substring(OUTPUT.length()));
    CommittedRun run =
        CommittedRuns.in(OutputFolder.existing(output), job)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot find run %s: it has no commits in %s".formatted(job, output)));
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("output", output.toString());
    return print(List.of(), root, List.of(run));
  }

  /** What was found, and the runs with it. */
  private int print(List<String> text, ObjectNode json, List<CommittedRun> runs) {
    if (flags.json()) {
      json.set("runs", CommitLines.json(runs));
      print(List.of(json.toPrettyString()));
    } else {
      print(text);
      runs.forEach(run -> print(CommitLines.of(run)));
    }
    boolean balanced = runs.stream().allMatch(CommittedRun::balanced);
    return balanced ? ExitCodes.DONE : ExitCodes.CHECKS_FAILED;
  }

  private int cluster() {
    refuseJobOptions();
    Cluster cluster = flags.cluster();
    List<JobStatus> all = cluster.status(jobs(cluster));
    StatusLines lines = new StatusLines(cluster.address());
    print(flags.json() ? lines.json(all) : lines.of(all));
    boolean broken = all.stream().anyMatch(status -> status.job().isBroken());
    return broken ? ExitCodes.INFRASTRUCTURE : ExitCodes.DONE;
  }

  private void refuseJobOptions() {
    if (!options.isEmpty()) {
      throw new UnmatchedArgumentException(spec.commandLine(), options);
    }
    if (from != null || to != null) {
      throw new IllegalArgumentException(
          "Missing required value: JOB.yaml (%s is for the partitions of one)"
              .formatted(from == null ? "--to-date" : "--from-date"));
    }
  }

  private void print(List<String> text) {
    text.forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().flush();
  }

  private List<ClusterJob> jobs(Cluster cluster) {
    return job == null
        ? cluster.jobs().stream().filter(each -> !each.hasEnded()).toList()
        : List.of(cluster.job(job));
  }
}
