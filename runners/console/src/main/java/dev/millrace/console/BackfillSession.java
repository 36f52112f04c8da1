package dev.millrace.console;

import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Launcher;
import dev.millrace.ledger.BackfillEntry;
import dev.millrace.ledger.BackfillState;
import dev.millrace.ledger.Interval;
import dev.millrace.ledger.Ledger;
import dev.millrace.operate.backfill.Backfill;
import dev.millrace.operate.backfill.BackfillRequest;
import dev.millrace.operate.backfill.BackfillRun;
import dev.millrace.operate.backfill.SlicePlan;
import dev.millrace.operate.backfill.SlicePlanner;
import dev.millrace.operate.input.InputWait;
import dev.millrace.operate.publish.Recovery;
import dev.millrace.operate.run.Owner;
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
  private final Duration timeout;
  private final Optional<InputWait> wait;

  /**
   * With what a command line says.
   *
   * @throws IllegalArgumentException if one of its options makes no sense
   */
  BackfillSession(CommandLine command, BackfillFlags flags) {
    this.command = command;
    this.flags = flags;
    this.timeout = flags.timeout();
    this.wait = flags.wait.asked();
  }

  /** Says what would be run, and why, and makes no ledger; returns the exit code. */
  int dryRun(BackfillRequest request, JobSpec job) {
    try (Ledger ledger = flags.ledger.of(job).openIfThere().orElse(null)) {
      Planned planned = planned(request, job, Optional.ofNullable(ledger));
      new BackfillLines(command, flags.run.json).plan(planned.plans());
      return ExitCodes.DONE;
    }
  }

  /** Makes a backfill of what has to be run, and runs it; returns the exit code. */
  int create(BackfillRequest request, JobSpec job) throws InterruptedException {
    try (Ledger ledger = flags.ledger.of(job).open()) {
      Planned planned = planned(request, job, Optional.of(ledger));
      return run(
          Backfill.in(ledger, Clock.systemUTC(), Owner.self())
              .create(request, job, planned.output().toString(), planned.plans()),
          ledger);
    }
  }

  /**
   * Takes a backfill over, and runs what is left of it; returns the exit code.
   *
   * @param failedToo whether slices that have failed are run again, too
   */
  int resume(String id, boolean failedToo) throws InterruptedException {
    try (Ledger ledger = flags.ledger.openExisting()) {
      return run(
          Backfill.in(ledger, Clock.systemUTC(), Owner.self()).resume(id, failedToo), ledger);
    }
  }

  private record Planned(Path output, List<SlicePlan> plans) {}

  private Planned planned(BackfillRequest request, JobSpec job, Optional<Ledger> ledger) {
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

  private int run(BackfillEntry backfill, Ledger ledger) throws InterruptedException {
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
      state =
          wait.or(() -> WaitFlags.of(backfill.waiting()).asked())
              .map(run::withWait)
              .orElse(run)
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
