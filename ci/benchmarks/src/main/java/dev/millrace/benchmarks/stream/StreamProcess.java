package dev.millrace.benchmarks.stream;

import dev.millrace.benchmarks.JavaCommand;
import dev.millrace.benchmarks.run.Assignment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A contender while it runs, until it is closed. */
final class StreamProcess implements AutoCloseable {
  private static final long GRACE_SECONDS = 10;
  private static final String PEAK = "VmHWM:";

  private final Process process;
  private final File log;
  private final Thread atExit;

  private StreamProcess(Process process, File log) {
    this.process = process;
    this.log = log;
    this.atExit = new Thread(process::destroyForcibly, "benchmark-contender");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Starts a contender on its assignment; what it logs is added to a file. */
  static StreamProcess start(
      StreamContender contender, String classPath, Assignment assignment, File log)
      throws IOException {
    List<String> arguments = new ArrayList<>(assignment.arguments());
    arguments.addAll(contender.arguments());
    Path temporary = Files.createDirectories(assignment.folder().resolve("tmp"));
    Process process =
        JavaCommand.of(
                contender.main(), classPath, List.of("-Djava.io.tmpdir=" + temporary), arguments)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .start();
    return new StreamProcess(process, log);
  }

  /** Fails if it has ended: jobs that go on don't by themselves. */
  void requireAlive() throws IOException {
    if (!process.isAlive()) {
      throw new IOException(
          "Cannot run contender: exit code " + process.exitValue() + "; see " + log);
    }
  }

  /** The CPU time of all of its threads since it was started. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The most memory that it has held; -1 if the system can't say. */
  long peakRssMiB() throws IOException {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    if (!Files.exists(status)) {
      return -1;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElse(-1);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
