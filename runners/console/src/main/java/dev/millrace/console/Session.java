package dev.millrace.console;

import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Launcher;
import dev.millrace.launch.StagedRun;
import dev.millrace.operate.PublishRun;
import dev.millrace.operate.RunReport;
import java.io.PrintWriter;
import java.time.Clock;
import picocli.CommandLine;

/** Runs a job for a user who waits for it: launch, audit and publish, report. */
final class Session {
  private final PrintWriter out;
  private final PrintWriter err;
  private final RunFlags flags;

  Session(CommandLine command, RunFlags flags) {
    this.out = command.getOut();
    this.err = command.getErr();
    this.flags = flags;
  }

  /** Returns the exit code. */
  int run(JobSpec job) {
    RunReport report = PublishRun.of(launch(job)).execute();
    if (flags.json) {
      out.print(report.json());
    } else {
      report.summary().forEach(out::println);
    }
    out.flush();
    return report.balanced() ? ExitCodes.DONE : ExitCodes.CHECKS_FAILED;
  }

  private StagedRun launch(JobSpec job) {
    try (ProgressLine progress = ProgressLine.on(err, Boolean.getBoolean("millrace.terminal"))) {
      return Launcher.create(Clock.systemUTC()).withProgress(progress).run(job);
    }
  }
}
