package dev.millrace.benchmarks;

import dev.millrace.benchmarks.run.Measurement;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a contender, each time in a new process.
 *
 * <p>All contenders get the same options for Java, and each has a class-data archive of its own,
 * made by {@link #train} as the launcher makes Millrace's: the classes that a run loads, parsed and
 * verified already.
 */
final class ContenderProcess {
  /** On standard output, where the measurements are, Java would say what it does not archive. */
  private static final List<String> SILENT = List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off");

  private final Contender contender;
  private final String classPath;
  private final File log;
  private final Path archive;

  /** A contender whose log and archive go to a folder. */
  ContenderProcess(Contender contender, String classPath, Path folder) {
    this.contender = contender;
    this.classPath = classPath;
    this.log = folder.resolve(contender.key() + ".log").toFile();
    this.archive = folder.resolve(contender.key() + ".jsa");
  }

  /** Runs the contender once, from a small input, and archives the classes that it loads. */
  void train(Path input, Path output) throws IOException, InterruptedException {
    Files.deleteIfExists(archive);
    ProcessBuilder java = command("-XX:ArchiveClassesAtExit=" + archive, input, output, 1);
    succeed(java.redirectOutput(log).redirectErrorStream(true).start());
    requireArchive(archive);
  }

  /** Java exits with 0 even where it can't write an archive, and runs without one too. */
  static void requireArchive(Path archive) throws IOException {
    if (!Files.exists(archive)) {
      throw new IOException("Cannot archive classes: Java wrote no " + archive);
    }
  }

  /** Runs the contender so often in one process. */
  List<Measurement> run(Path input, Path output, int repetitions)
      throws IOException, InterruptedException {
    ProcessBuilder java = command("-XX:SharedArchiveFile=" + archive, input, output, repetitions);
    return measurements(java.redirectError(log).start());
  }

  private ProcessBuilder command(String option, Path input, Path output, int repetitions) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(input.toString(), output.toString(), String.valueOf(repetitions)));
    arguments.addAll(contender.arguments());
    List<String> options = new ArrayList<>(SILENT);
    options.add(option);
    return JavaCommand.of(contender.main(), classPath, options, arguments);
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
    succeed(process);
    return measurements;
  }

  private void succeed(Process process) throws IOException, InterruptedException {
    if (process.waitFor() != 0) {
      throw new IOException(
          "Cannot run contender: exit code " + process.exitValue() + "; see " + log);
    }
  }
}
