package dev.millrace.console;

import dev.millrace.launch.Cluster;
import dev.millrace.launch.ClusterJob;
import dev.millrace.launch.JobStatus;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Say how the runs on a cluster are: what became of records, how far they are behind, their"
            + " checkpoints and failures.",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "Counts are since the tasks were last started, and some seconds old. What is true in the end"
          + " is in a run's report.",
      "",
      "Exit codes: 0 done, 2 wrong usage, 3 no cluster, or a job that has failed or is being started"
          + " again"
    })
final class Status implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ClusterFlags flags;

  @Parameters(
      paramLabel = "JOB",
      arity = "0..1",
      description = "The id of a run, or of a job. Default: all that haven't ended.")
  private String job;

  @Override
  public Integer call() {
    Cluster cluster = flags.cluster();
    List<JobStatus> all = cluster.status(jobs(cluster));
    StatusLines lines = new StatusLines(cluster.address());
    List<String> text = flags.json() ? lines.json(all) : lines.of(all);
    text.forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().flush();
    boolean broken = all.stream().anyMatch(status -> status.job().isBroken());
    return broken ? ExitCodes.INFRASTRUCTURE : ExitCodes.DONE;
  }

  private List<ClusterJob> jobs(Cluster cluster) {
    return job == null
        ? cluster.jobs().stream().filter(each -> !each.hasEnded()).toList()
        : List.of(cluster.job(job));
  }
}
