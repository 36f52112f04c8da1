package dev.millrace.console;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace backfill}, which has verbs of its own. */
@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Run a job over dated slices, so that each partition of a range is published once.",
      "",
      "What is published already, from the same input by the same job, isn't run again. A backfill"
          + " that was killed goes on with what is missing: millrace backfill resume."
    },
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    optionListHeading = "%nOptions:%n",
    subcommands = {
      BackfillCreate.class,
      BackfillList.class,
      BackfillShow.class,
      BackfillPause.class,
      BackfillResume.class,
      BackfillRetry.class,
      BackfillCancel.class
    })
final class BackfillVerbs implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCodes.USAGE;
  }
}
