package dev.millrace.benchmarks.startup;

import dev.millrace.benchmarks.run.PeakMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts the launcher script, as users do, and measures the whole process. */
final class LauncherProcess {
  /** The shell that waits for the script counts its CPU time; the script becomes Java. */
  private static final String TIMED = "TIMEFORMAT='%U %S'; time \"$0\" \"$@\" > \"$LOG\" 2>&1";

  private static final Duration GLANCE = Duration.ofMillis(5);

  private final Path home;
  private final Path log;
  private final Path counters;

  /**
   * The launcher of a source folder.
   *
   * @param folder where the log of the last process stays
   */
  LauncherProcess(Path home, Path folder) {
    this.home = home;
    this.log = folder.resolve("startup.log");
    this.counters = folder.resolve("startup.hsperf");
  }

  /** Starts the launcher with an archive and arguments, and waits for its end. */
  Start run(Archive archive, List<String> arguments) throws IOException, InterruptedException {
    Files.deleteIfExists(counters);
    ProcessBuilder shell = shell(archive, arguments);
    Instant started = Instant.now();
    Process process = shell.start();
    long peak = peakWhileAlive(process);
    Instant ended = Instant.now();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new IOException(
          "Cannot run millrace %s: exit code %s; see %s"
              .formatted(String.join(" ", arguments), process.exitValue(), log));
    }
    JvmCounters counted = JvmCounters.read(counters);
    return new Start(
        Duration.between(started, ended).toMillis() / 1e3,
        cpuSeconds(said),
        peak,
        counted,
        Phases.of(started, ended, counted, RunLog.read(log)));
  }

  private ProcessBuilder shell(Archive archive, List<String> arguments) {
    List<String> options = new ArrayList<>(RunLog.OPTIONS);
    options.addAll(archive.options(home));
    options.add("-XX:+PerfDataSaveToFile");
    options.add("-XX:PerfDataSaveFile=" + counters);
    List<String> command = new ArrayList<>(List.of("bash", "-c", TIMED));
    command.add(home.resolve("millrace").toString());
    command.addAll(arguments);
    ProcessBuilder shell = new ProcessBuilder(command).redirectErrorStream(true);
    shell.environment().put("LOG", log.toString());
    shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
    shell.environment().put("MILLRACE_JAVA_OPTS", String.join(" ", options));
    return shell;
  }

  /** The system keeps the peak of a process only as long as that lives. */
  private static long peakWhileAlive(Process shell) throws InterruptedException {
    long peak = -1;
    Optional<ProcessHandle> java = Optional.empty();
    do {
      if (java.isEmpty()) {
        java = shell.children().findFirst();
      }
      peak = Math.max(peak, java.map(process -> PeakMemory.mebibytes(process.pid())).orElse(-1L));
    } while (!shell.waitFor(GLANCE.toMillis(), TimeUnit.MILLISECONDS));
    return peak;
  }

  private static double cpuSeconds(String said) {
    return Arrays.stream(said.strip().split(" ")).mapToDouble(Double::parseDouble).sum();
  }
}
