package dev.millrace.benchmarks.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a contender counted: {@code report.json} in its output.
 *
 * @param read the lines
 * @param rejected the lines that are in quarantine
 * @param duplicates the events that were left out because their id had come before
 */
public record CountsReport(long read, long rejected, long duplicates) {

  /** Writes the report to a contender's output folder. */
  public void write(Path output) throws IOException {
    Files.createDirectories(output);
    new ObjectMapper()
        .writeValue(
            output.resolve("report.json").toFile(),
            Map.of("read", read, "rejected", rejected, "duplicates", duplicates));
  }
}
