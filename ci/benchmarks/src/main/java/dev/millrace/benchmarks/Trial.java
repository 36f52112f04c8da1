package dev.millrace.benchmarks;

import dev.millrace.benchmarks.events.EventFiles;
import dev.millrace.benchmarks.events.Truth;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Starts contenders over the same workload, each in a new process, and checks what they write. */
final class Trial {
  private static final List<String> JVM =
      List.of(
          "-Xmx2g",
          "-XX:+UseParallelGC",
          "-Duser.timezone=UTC",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");

  private final EventFiles events;
  private final Truth truth;
  private final Path output;

  Trial(EventFiles events, Truth truth, Path output) {
    this.events = events;
    this.truth = truth;
    this.output = output;
  }

  /** Runs a contender so often in one process. */
  Result run(Contender contender, int repetitions)
      throws IOException, InterruptedException, SQLException {
    Path folder = output.resolve(contender.key());
    delete(folder);
    List<Measurement> measurements = measurements(start(contender, folder, repetitions));
    List<String> differences = new ArrayList<>();
    for (Measurement measurement : measurements) {
      Path written = Repetitions.folder(folder, measurement.repetition());
      differences.addAll(OutputCheck.differences(truth, written));
    }
    delete(folder);
    return new Result(measurements, differences);
  }

  private Process start(Contender contender, Path folder, int repetitions) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(contender.main().getName());
    command.addAll(
        List.of(events.folder().toString(), folder.toString(), String.valueOf(repetitions)));
    command.addAll(contender.arguments());
    File log = output.resolve(contender.key() + ".log").toFile();
    return new ProcessBuilder(command).redirectError(log).start();
  }

  private List<Measurement> measurements(Process process) throws IOException, InterruptedException {
    List<Measurement> measurements = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        measurements.add(Measurement.parse(line));
      }
    }
    if (process.waitFor() != 0) {
      throw new IOException(
          "Cannot run contender: exit code " + process.exitValue() + "; see the logs in " + output);
    }
    return measurements;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** What a process measured, and what was wrong with what it wrote. */
  record Result(List<Measurement> measurements, List<String> differences) {}
}
