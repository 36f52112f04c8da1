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

/** {@code millrace backfill pause}. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Let the slices that run come to their end, and start no others.",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n")
final class BackfillPause implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private LedgerFlags flags;

  @Parameters(paramLabel = "BACKFILL", description = "The id of the backfill.")
  private String id;

  @Override
  public Integer call() {
    try (Ledger ledger = flags.openExisting()) {
      Backfill.in(ledger, Clock.systemUTC(), Owner.self()).pause(id);
      spec.commandLine()
          .getOut()
          .printf("Pausing %s: slices that are running come to their end%n", id);
      spec.commandLine().getOut().flush();
      return ExitCodes.DONE;
    }
  }
}
