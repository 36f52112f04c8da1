package dev.millrace.console;

import dev.millrace.launch.JobSpec;
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

/** {@code millrace run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Run a pipeline, audit what it wrote, and publish that if it balances.",
      "",
      "An unbounded run on a cluster is submitted and left to itself there: 'millrace jobs' deals"
          + " with it. With --until-idle or --wait it is waited for, as all others are."
    },
    customSynopsis = "millrace run JOB.yaml|PIPELINE [--json] [--debug] [--OPTION=VALUE]...",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer =
        "Any other option is the pipeline's ('millrace pipelines ingest' lists those of ingest) or"
            + " Beam's, such as --runner=FlinkRunner, and wins over the job file's.")
final class Run implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private RunFlags flags;

  @Option(
      names = "--wait",
      negatable = true,
      description = "Whether to wait for the end of an unbounded run on a cluster.")
  private Boolean wait;

  @Option(
      names = {"--fromSavepoint", "--from-savepoint"},
      paramLabel = "PATH",
      description =
          "Go on from a savepoint or checkpoint of an unbounded run; with the --runId of that run"
              + " what it has staged is kept.")
  private String savepoint;

  @Option(
      names = "--into",
      paramLabel = "staging-only|DIR",
      description = {
        "staging-only: audit the run and leave it staged, for 'millrace publish'.",
        "DIR: publish it to another output folder, on the same file system."
      })
  private String into;

  @Parameters(
      paramLabel = "JOB.yaml|PIPELINE",
      description = "A job file, or the name of a pipeline.")
  private String job;

  @Unmatched private List<String> options = new ArrayList<>();

  @Override
  public Integer call() {
    flags.apply();
    JobSpec spec = Job.named(job).withArguments(options);
    Destination destination = Destination.of(into);
    Session session = new Session(this.spec.commandLine(), flags).from(savepoint).into(destination);
    boolean waited = waits(session, spec);
    destination.check(spec, waited);
    return waited ? session.run(spec) : session.detach(spec);
  }

  private boolean waits(Session session, JobSpec spec) {
    if (wait != null) {
      return wait;
    }
    return spec.option("untilIdle").isPresent() || !session.isDetachable(spec);
  }
}
