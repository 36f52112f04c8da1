package dev.millrace.console;

import dev.millrace.ledger.BackfillEntry;
import dev.millrace.ledger.BackfillState;
import dev.millrace.ledger.Ledger;
import dev.millrace.operate.backfill.BackfillRun;
import java.time.Clock;
import picocli.CommandLine;

/** Runs a backfill for a user: progress as it gets on, a summary at its end, and the exit code. */
final class BackfillSession {
  private final CommandLine command;
  private final BackfillFlags flags;
  private final Ledger ledger;

  BackfillSession(CommandLine command, BackfillFlags flags, Ledger ledger) {
    this.command = command;
    this.flags = flags;
    this.ledger = ledger;
  }

  /** Runs what is planned, and returns the exit code. */
  int run(BackfillEntry backfill) throws InterruptedException {
    BackfillLines lines = new BackfillLines(command, flags.run.json);
    lines.begins(backfill, ledger.backfills().slices(backfill.id()));
    BackfillState state;
    try (BackfillTicker ticker =
        BackfillTicker.start(
            command.getErr(),
            Boolean.getBoolean("millrace.terminal"),
            ledger.backfills().slices(backfill.id()),
            Clock.systemUTC())) {
      state =
          BackfillRun.of(ledger, Clock.systemUTC(), backfill, flags.timeout(), ticker)
              .run(WorkerVerb.command(flags.ledger));
    }
    lines.ended(backfill, ledger.backfills().slices(backfill.id()), state);
    return switch (state) {
      case DONE, PAUSED -> ExitCodes.DONE;
      case FAILED, CANCELLED -> ExitCodes.CHECKS_FAILED;
      case RUNNING -> ExitCodes.INFRASTRUCTURE;
    };
  }
}
