package dev.millrace.console;

import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Launcher;
import dev.millrace.ledger.Interval;
import dev.millrace.ledger.Ledger;
import dev.millrace.operate.input.InputWait;
import dev.millrace.operate.input.WaitForInput;
import dev.millrace.operate.input.Waited;
import dev.millrace.operate.run.Intervals;
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

  @Mixin private LedgerFlags ledger;

  @Mixin private WaitFlags input;

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
  public Integer call() throws InterruptedException {
    flags.apply();
    JobSpec spec = Job.named(job).withArguments(options);
    Destination destination = Destination.of(into);
    Session session = new Session(this.spec.commandLine(), flags).from(savepoint).into(destination);
    boolean waited = waits(session, spec);
    destination.check(spec, waited);
    // Before anything is waited for or read: without a ledger nothing would be published.
    try (Ledger kept = waited && isKept(spec) ? ledger.of(spec).open() : null) {
      Optional<Waited> inVain = await(spec);
      if (inVain.isPresent()) {
        return session.missed(inVain.get());
      }
      if (!waited) {
        return session.detach(spec);
      }
      return kept == null ? session.run(spec) : session.run(spec, Job.identity(job), kept);
    }
  }

  /** A run that has no end isn't kept in the ledger, nor one that goes on where another was. */
  private boolean isKept(JobSpec spec) {
    return savepoint == null && !Job.goesOn(spec);
  }

  /** How waiting for the input has ended, unless it is there. */
  private Optional<Waited> await(JobSpec spec) throws InterruptedException {
    Optional<InputWait> asked = input.asked();
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    Optional<Interval> slice =
        spec.option("from")
            .flatMap(
                from ->
                    spec.option("to")
                        .map(
                            to ->
                                new Interval(
                                    Intervals.parse("from", from), Intervals.parse("to", to))));
    Path output = Launcher.create(Clock.systemUTC()).target(spec).output();
    Waited waited =
        WaitForInput.of(asked.get(), Clock.systemUTC(), WaitForInput.Sleeper.THREAD)
            .execute(output, slice);
    return Optional.of(waited).filter(each -> each.outcome() != Waited.Outcome.ARRIVED);
  }

  private boolean waits(Session session, JobSpec spec) {
    if (wait != null) {
      return wait;
    }
    return spec.option("untilIdle").isPresent() || !session.isDetachable(spec);
  }
}
