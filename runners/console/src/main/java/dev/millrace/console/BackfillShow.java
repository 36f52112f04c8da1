package dev.millrace.console;

import dev.millrace.ledger.BackfillEntry;
import dev.millrace.ledger.Ledger;
import dev.millrace.operate.backfill.Backfill;
import dev.millrace.operate.run.Owner;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace backfill show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Say how far a backfill is, slice by slice.",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n")
final class BackfillShow implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private LedgerFlags flags;

  @Option(names = "--json", description = "Print JSON, and nothing else.")
  private boolean json;

  @Parameters(paramLabel = "BACKFILL", description = "The id of the backfill.")
  private String id;

  @Override
  public Integer call() {
    try (Ledger ledger = flags.openExisting()) {
      BackfillEntry backfill = Backfill.in(ledger, Clock.systemUTC(), Owner.self()).find(id);
      new BackfillLines(spec.commandLine(), json).show(backfill, ledger.backfills().slices(id));
      return ExitCodes.DONE;
    }
  }
}
