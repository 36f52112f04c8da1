package dev.millrace.console;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace jobs cancel}. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "End a job where it is, without a savepoint. Its last checkpoint stays.",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n")
final class JobsCancel implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ClusterFlags flags;

  @Parameters(paramLabel = "JOB", description = "The job's id, or its name.")
  private String job;

  @Override
  public Integer call() {
    flags.print(spec.commandLine(), job, flags.cluster().cancel(job));
    return ExitCodes.DONE;
  }
}
