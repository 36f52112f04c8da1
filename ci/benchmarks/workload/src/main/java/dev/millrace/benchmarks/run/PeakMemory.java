package dev.millrace.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The most memory that a process has held until now, where the system tells it. */
public final class PeakMemory {
  private static final String PEAK = "VmHWM:";

  private PeakMemory() {}

  /** In MiB; -1 if the system can't say, or the process has ended. */
  public static long mebibytes(long pid) {
    return mebibytes(Path.of("/proc", String.valueOf(pid), "status"));
  }

  /** That of this process. */
  static long ofThisProcess() {
    return mebibytes(Path.of("/proc/self/status"));
  }

  private static long mebibytes(Path status) {
    return lines(status).stream()
        .filter(line -> line.startsWith(PEAK))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(-1);
  }

  private static List<String> lines(Path status) {
    try {
      return Files.readAllLines(status);
    } catch (IOException e) {
      return List.of(); // no such system, or no such process any more
    }
  }
}
