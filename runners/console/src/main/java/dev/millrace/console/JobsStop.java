package dev.millrace.console;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace jobs stop}. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Stop a job with a savepoint, and print where that is: --fromSavepoint goes on from there.",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n")
final class JobsStop implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ClusterFlags flags;

  @Parameters(paramLabel = "JOB", description = "The job's id, or its name.")
  private String job;

  @Override
  public Integer call() {
    flags.print(spec.commandLine(), job, flags.cluster().stop(job));
    return ExitCodes.DONE;
  }
}
