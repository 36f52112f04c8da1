package dev.millrace.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.launch.DetachedRun;
import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Launcher;
import dev.millrace.launch.StagedRun;
import dev.millrace.ledger.Ledger;
import dev.millrace.operate.RunState;
import dev.millrace.operate.input.Waited;
import dev.millrace.operate.report.RunReport;
import dev.millrace.operate.run.Owner;
import dev.millrace.operate.run.RecordedRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine;

/**
 * Runs a job for a user: launch, audit and publish, report; or only launch, where it goes on by
 * itself.
 */
final class Session {
  private final PrintWriter out;
  private final PrintWriter err;
  private final RunFlags flags;
  private final Launcher launcher;
  private final Destination destination;

  Session(CommandLine command, RunFlags flags) {
    this(
        command.getOut(),
        command.getErr(),
        flags,
        Launcher.create(Clock.systemUTC()),
        Destination.ofItsOwn());
  }

  private Session(
      PrintWriter out,
      PrintWriter err,
      RunFlags flags,
      Launcher launcher,
      Destination destination) {
    this.out = out;
    this.err = err;
    this.flags = flags;
    this.launcher = launcher;
    this.destination = destination;
  }

  /** One whose runs start from a savepoint, if there is one; null for none. */
  Session from(String savepoint) {
    return savepoint == null
        ? this
        : new Session(out, err, flags, launcher.withSavepoint(savepoint), destination);
  }

  /** One whose runs are published there. */
  Session into(Destination destination) {
    return new Session(out, err, flags, launcher, destination);
  }

  /** Returns the exit code. */
  int run(JobSpec job) {
    StagedRun run = launch(job);
    return run.goesOn() ? stopped(run) : show(destination.of(run).execute());
  }

  /** Runs a job of this name that ends, keeps the ledger of it, and returns the exit code. */
  int run(JobSpec job, String name, Ledger ledger) {
    try (ProgressLine progress = ProgressLine.on(err, Boolean.getBoolean("millrace.terminal"))) {
      RecordedRun runs =
          RecordedRun.with(
              launcher.withProgress(progress), ledger, Clock.systemUTC(), Owner.self().toString());
      return show(runs.execute(name, job, "", destination::of));
    }
  }

  private int show(RunReport report) {
    if (flags.json) {
      out.print(report.json());
    } else {
      report.summary().forEach(out::println);
      if (report.state() == RunState.STAGED) {
        out.printf(
            "%nTo publish it: millrace publish %s --output=%s%n",
            report.run().runId(), ShellWord.of(report.run().output().toString()));
      }
    }
    out.flush();
    return report.balanced() ? ExitCodes.DONE : ExitCodes.CHECKS_FAILED;
  }

  /** It has published by itself what was complete; the rest is in its savepoint. */
  private int stopped(StagedRun run) {
    Path commits = run.commits();
    if (flags.json) {
      out.println(
          JsonNodeFactory.instance
              .objectNode()
              .put("run", run.runId())
              .put("commits", commits.toString())
              .toPrettyString());
    } else {
      out.printf("Stopped %s; what it has published is listed in %s%n", run.runId(), commits);
    }
    out.flush();
    return ExitCodes.DONE;
  }

  private StagedRun launch(JobSpec job) {
    try (ProgressLine progress = ProgressLine.on(err, Boolean.getBoolean("millrace.terminal"))) {
      return launcher.withProgress(progress).run(job);
    }
  }

  /** Says that the input of a run hasn't come, and returns the exit code. */
  int missed(Waited waited) {
    boolean stale = waited.outcome() == Waited.Outcome.STALE;
    if (flags.json) {
      out.println(
          JsonNodeFactory.instance
              .objectNode()
              .put("state", stale ? "stale" : "failed")
              .put("note", waited.message())
              .toPrettyString());
    } else {
      out.printf(
          "%s: %s%n", stale ? "Not published, the output is stale" : "Not run", waited.message());
    }
    out.flush();
    return stale ? ExitCodes.DONE : ExitCodes.CHECKS_FAILED;
  }

  boolean isDetachable(JobSpec job) {
    return launcher.isDetachable(job);
  }

  /** Submits it, says where it is, and returns the exit code. */
  int detach(JobSpec job) {
    DetachedRun run = launcher.detach(job);
    if (flags.json) {
      out.println(json(run));
    } else {
      out.printf("Submitted %s%n", run.runId());
      out.printf(
          "Job %s: http://%s/#/job/running/%s%n", run.job().id(), run.cluster(), run.job().id());
      out.printf(
          job.option("untilIdle").isPresent()
              ? "It writes to %s, and nothing of that is published%n"
              : "It writes to %s, and publishes partitions when they are complete%n",
          run.staging());
    }
    out.flush();
    return ExitCodes.DONE;
  }

  private static String json(DetachedRun run) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("run", run.runId())
        .put("job", run.job().id())
        .put("state", run.job().state())
        .put("cluster", run.cluster())
        .put("staging", run.staging().toString())
        .toPrettyString();
  }
}
