package dev.millrace.benchmarks.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run and its engine have logged, with times.
 *
 * @param lines the lines of the log; those that don't begin with a time are of no account
 */
record RunLog(List<String> lines) {
  /** What has them logged: a part of what {@code --debug} has. */
  static final List<String> OPTIONS =
      List.of(
          "-Dorg.slf4j.simpleLogger.log.dev.millrace.launch=info",
          "-Dorg.slf4j.simpleLogger.log.org.apache.flink.runtime.minicluster=info",
          "-Dorg.slf4j.simpleLogger.showDateTime=true",
          "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

  static RunLog read(Path file) throws IOException {
    return new RunLog(Files.readAllLines(file));
  }

  /** When a message was logged for the first time; empty if it never was. */
  Optional<Instant> at(String start) {
    return lines.stream()
        .filter(line -> line.contains(" - " + start))
        .flatMap(line -> time(line).stream())
        .findFirst();
  }

  private static Optional<Instant> time(String line) {
    try {
      return Optional.of(Instant.parse(line.substring(0, line.indexOf(' '))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
