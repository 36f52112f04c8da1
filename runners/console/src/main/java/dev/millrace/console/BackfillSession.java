package dev.millrace.console;

import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Launcher;
import dev.millrace.ledger.BackfillEntry;
import dev.millrace.ledger.BackfillState;
import dev.millrace.ledger.Interval;
import dev.millrace.ledger.Ledger;
import dev.millrace.operate.InputWait;
import dev.millrace.operate.Owner;
import dev.millrace.operate.Recovery;
import dev.millrace.operate.backfill.Backfill;
import dev.millrace.operate.backfill.BackfillRequest;
import dev.millrace.operate.backfill.BackfillRun;
import dev.millrace.operate.backfill.SlicePlan;
import dev.millrace.operate.backfill.SlicePlanner;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/**
 * Plans and runs a backfill for a user: progress as it gets on, a summary at its end, and the exit
 * code.
 */
final class BackfillSession {
  private final CommandLine command;
  private final BackfillFlags flags;
  private final Ledger ledger;
  private final Duration timeout;
  private final Optional<InputWait> wait;

  /**
   * With what a command line says.
   *
   * @throws IllegalArgumentException if one of its options makes no sense
   */
  BackfillSession(CommandLine command, BackfillFlags flags, Ledger ledger) {
    this.command = command;
    this.flags = flags;
    this.ledger = ledger;
    this.timeout = flags.timeout();
    this.wait = flags.wait.asked();
  }

  /** Says what would be run, and why; returns the exit code. */
  int dryRun(BackfillRequest request, JobSpec job) {
    new BackfillLines(command, flags.run.json).plan(planned(request, job).plans());
    return ExitCodes.DONE;
  }

  /** Makes a backfill of what has to be run, and runs it; returns the exit code. */
  int create(BackfillRequest request, JobSpec job) throws InterruptedException {
    Planned planned = planned(request, job);
    return run(
        Backfill.in(ledger, Clock.systemUTC(), Owner.self())
            .create(request, job, planned.output().toString(), planned.plans()));
  }

  private record Planned(Path output, List<SlicePlan> plans) {}

  private Planned planned(BackfillRequest request, JobSpec job) {
    List<Interval> slices = request.range().slices();
    SlicePlanner planner =
        SlicePlanner.of(Launcher.create(Clock.systemUTC()), ledger, job, request.reprocess());
    if (wait.isPresent()) {
      planner = planner.awaitingInput();
    }
    Path output = planner.output(slices.get(0));
    Recovery.of(output).run();
    return new Planned(output, planner.plan(slices));
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
      BackfillRun run = BackfillRun.of(ledger, Clock.systemUTC(), backfill, timeout, ticker);
      state = wait.map(run::withWait).orElse(run).run(WorkerVerb.command(flags.ledger));
    }
    lines.ended(backfill, ledger.backfills().slices(backfill.id()), state);
    return switch (state) {
      case DONE, PAUSED -> ExitCodes.DONE;
      case FAILED, CANCELLED -> ExitCodes.CHECKS_FAILED;
      case RUNNING -> ExitCodes.INFRASTRUCTURE;
    };
  }
}
