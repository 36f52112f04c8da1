package dev.millrace.console;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace jobs savepoint}. */
@Command(
    name = "savepoint",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Take a savepoint of a job that goes on, and print where that is.",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n")
final class JobsSavepoint implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ClusterFlags flags;

  @Parameters(paramLabel = "JOB", description = "The job's id, or its name.")
  private String job;

  @Override
  public Integer call() {
    flags.print(spec.commandLine(), job, flags.cluster().savepoint(job));
    return ExitCodes.DONE;
  }
}
