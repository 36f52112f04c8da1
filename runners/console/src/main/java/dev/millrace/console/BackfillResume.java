package dev.millrace.console;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace backfill resume}. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Go on with a backfill that was paused, or whose process was killed.",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n")
final class BackfillResume implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private BackfillFlags flags;

  @Parameters(paramLabel = "BACKFILL", description = "The id of the backfill.")
  private String id;

  @Override
  public Integer call() throws InterruptedException {
    flags.run.apply();
    return new BackfillSession(spec.commandLine(), flags).resume(id, false);
  }
}
