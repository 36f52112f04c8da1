package dev.millrace.console;

import dev.millrace.ledger.Ledger;
import dev.millrace.operate.backfill.Backfill;
import dev.millrace.operate.run.Owner;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace backfill cancel}. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "End a backfill for good, with the runs under way; what is published stays.",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n")
final class BackfillCancel implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private LedgerFlags flags;

  @Parameters(paramLabel = "BACKFILL", description = "The id of the backfill.")
  private String id;

  @Override
  public Integer call() {
    try (Ledger ledger = flags.openExisting()) {
      Backfill.in(ledger, Clock.systemUTC(), Owner.self()).cancel(id);
      spec.commandLine().getOut().printf("Cancelled %s%n", id);
      spec.commandLine().getOut().flush();
      return ExitCodes.DONE;
    }
  }
}
