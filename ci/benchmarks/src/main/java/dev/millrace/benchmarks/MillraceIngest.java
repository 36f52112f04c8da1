package dev.millrace.benchmarks;

import dev.millrace.benchmarks.run.Repetitions;
import dev.millrace.launch.JobFile;
import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Launcher;
import dev.millrace.operate.publish.PublishRun;
import dev.millrace.operate.report.RunReport;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Millrace: the pipeline {@code ingest} in this process, as {@code millrace run} runs it, audit,
 * publish and report included.
 */
public final class MillraceIngest {
  private MillraceIngest() {}

  /**
   * Runs the job file in the fourth argument, on the runner in the fifth, with options in what
   * follows.
   */
  public static void main(String[] args) throws Exception {
    Path job = Path.of(args[3]);
    String runner = args[4];
    List<String> options = List.of(args).subList(5, args.length);
    Repetitions.measure((input, output) -> run(job, runner, options, input, output), args);
    System.exit(0); // Flink's threads would keep the process for a while
  }

  /** Runs the job once. */
  public static void run(Path job, String runner, List<String> options, Path input, Path output) {
    List<String> arguments = new ArrayList<>(options);
    arguments.add("--runner=" + runner);
    arguments.add("--input=" + input + "/*.ndjson");
    arguments.add("--output=" + output);
    JobSpec spec = JobFile.read(job).withArguments(arguments);
    RunReport report = PublishRun.of(Launcher.create(Clock.systemUTC()).run(spec)).execute();
    if (!report.balanced()) {
      throw new IllegalStateException("Cannot publish the benchmark's run: " + report.summary());
    }
  }
}
