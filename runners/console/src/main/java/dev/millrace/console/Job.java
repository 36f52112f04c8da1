package dev.millrace.console;

import dev.millrace.launch.JobFile;
import dev.millrace.launch.JobSpec;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a verb is asked to run. */
final class Job {
  private Job() {}

  /** A job file, or the name of a pipeline. */
  static JobSpec named(String job) {
    return isFile(job) ? JobFile.read(Path.of(job)) : JobSpec.of(job);
  }

  /** What it is called in the ledger, and by another process: a file by its full path. */
  static String identity(String job) {
    return isFile(job) ? Path.of(job).toAbsolutePath().normalize().toString() : job;
  }

  /** Whether a run of it has no end of its own. */
  static boolean goesOn(JobSpec job) {
    return job.option("streaming").map(Boolean::parseBoolean).orElse(false)
        && job.option("untilIdle").isEmpty();
  }

  /** Whether it looks like a file more than like the name of a pipeline. */
  static boolean isFile(String job) {
    return job.endsWith(".yaml")
        || job.endsWith(".yml")
        || job.contains("/")
        || Files.isRegularFile(Path.of(job));
  }
}
