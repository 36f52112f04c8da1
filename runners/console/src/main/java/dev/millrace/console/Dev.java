package dev.millrace.console;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace dev}, which has verbs of its own. */
@Command(
    name = "dev",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Run Kafka and Flink on this machine, to develop against.",
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    optionListHeading = "%nOptions:%n",
    subcommands = {
      DevUp.class,
      DevStatus.class,
      DevTopic.class,
      DevPeek.class,
      DevTour.class,
      DevDown.class
    })
final class Dev implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCodes.USAGE;
  }
}
