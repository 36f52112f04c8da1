package dev.millrace.benchmarks.stream;

import dev.millrace.benchmarks.run.Assignment;
import dev.millrace.launch.JobFile;
import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Millrace: the pipeline {@code ingest} on embedded Flink, as {@code millrace run --streaming} runs
 * it, with a configuration of Flink in place of its own, which has no RocksDB.
 */
public final class MillraceStream {
  private MillraceStream() {}

  /** Runs the job file in the last argument until the process is ended. */
  public static void main(String[] args) throws Exception {
    run(Path.of(args[args.length - 1]), Assignment.parse(args));
  }

  private static void run(Path job, Assignment assignment) throws IOException {
    JobSpec spec =
        JobFile.read(job)
            .withArguments(
                List.of(
                    "--runner=FlinkRunner",
                    "--flinkConfDir=" + configure(assignment),
                    "--checkpointingInterval=" + Assignment.checkpointMillis(),
                    "--parallelism=" + Assignment.PARALLELISM,
                    "--bootstrapServers=" + assignment.bootstrapServers(),
                    "--topic=" + assignment.input(),
                    "--maxOutOfOrderness=" + Assignment.OUT_OF_ORDERNESS.toMinutes() + "m",
                    "--idleness=" + Assignment.IDLENESS.toMinutes() + "m",
                    "--outputTopic=" + assignment.output(),
                    "--output=" + assignment.folder().resolve(FileResults.OUTPUT)));
    Launcher.create(Clock.systemUTC()).run(spec);
  }

  private static Path configure(Assignment assignment) throws IOException {
    Path folder = Files.createDirectories(assignment.folder().resolve("conf"));
    String lines =
        assignment.flinkSettings().entrySet().stream()
            .map(setting -> "%s: \"%s\"%n".formatted(setting.getKey(), setting.getValue()))
            .collect(Collectors.joining());
    Files.writeString(folder.resolve("config.yaml"), lines);
    return folder;
  }
}
