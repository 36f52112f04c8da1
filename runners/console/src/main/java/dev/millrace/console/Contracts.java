package dev.millrace.console;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace contract}, which has verbs of its own. */
@Command(
    name = "contract",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Work on data contracts.",
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    optionListHeading = "%nOptions:%n",
    subcommands = {ContractLint.class, ContractTest.class, ContractInfer.class})
final class Contracts implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCodes.USAGE;
  }
}
