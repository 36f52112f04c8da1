package dev.millrace.benchmarks.startup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the Java machine has counted of itself until its end: the file that {@code
 * -XX:+PerfDataSaveToFile} leaves, as {@code jstat} of the same JDK reads it. Counting is on in any
 * Java process; only the file is asked for.
 *
 * @param createdAt when the process began to make its machine
 * @param mainAt when it was made: what follows is the main class
 * @param classes the classes that were loaded
 * @param archived how many of them came from a class-data archive, the JDK's own included
 * @param classSeconds the time that threads spent with loading, verifying and linking classes, of
 *     all threads together; static initialisers, which are the program's own code, are not in it
 */
record JvmCounters(
    Instant createdAt, Instant mainAt, long classes, long archived, double classSeconds) {

  /** Reads a file. */
  static JvmCounters read(Path file) throws IOException, InterruptedException {
    Map<String, String> counters = snapshot(file);
    long loaded = number(counters, "java.cls.loadedClasses");
    long shared = number(counters, "java.cls.sharedLoadedClasses");
    long ticks = number(counters, "sun.cls.time") - number(counters, "sun.cls.classInitTime.self");
    return new JvmCounters(
        Instant.ofEpochMilli(number(counters, "sun.rt.createVmBeginTime")),
        Instant.ofEpochMilli(number(counters, "sun.rt.createVmEndTime")),
        loaded + shared,
        shared,
        (double) ticks / number(counters, "sun.os.hrt.frequency"));
  }

  private static Map<String, String> snapshot(Path file) throws IOException, InterruptedException {
    Path jstat = Path.of(System.getProperty("java.home"), "bin", "jstat");
    Process process =
        new ProcessBuilder(
                List.of(
                    jstat.toString(),
                    "-J-Djstat.showUnsupported=true",
                    "-snap",
                    file.toUri().toString()))
            .redirectErrorStream(true)
            .start();
    String text;
    try (InputStream out = process.getInputStream()) {
      text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (process.waitFor() != 0) {
      throw new IOException("Cannot read the counters in " + file + ": " + text.strip());
    }
    Map<String, String> counters = new HashMap<>();
    text.lines()
        .map(line -> line.split("=", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> counters.put(parts[0], parts[1]));
    return counters;
  }

  private static long number(Map<String, String> counters, String name) throws IOException {
    String value = counters.get(name);
    if (value == null) {
      throw new IOException("Cannot find the counter " + name + ": this Java has none such");
    }
    return Long.parseLong(value);
  }
}
