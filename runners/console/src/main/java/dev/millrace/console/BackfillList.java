package dev.millrace.console;

import dev.millrace.ledger.Ledger;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace backfill list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "List the backfills of the ledger, the latest first.",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n")
final class BackfillList implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private LedgerFlags flags;

  @Option(names = "--json", description = "Print JSON, and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    try (Ledger ledger = flags.openIfThere().orElse(null)) {
      new BackfillLines(spec.commandLine(), json)
          .list(ledger == null ? List.of() : ledger.backfills().all());
      return ExitCodes.DONE;
    }
  }
}
