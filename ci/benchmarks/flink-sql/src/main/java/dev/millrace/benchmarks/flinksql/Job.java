package dev.millrace.benchmarks.flinksql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.benchmarks.run.CountsReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/**
 * The job as scripts for Flink SQL, one after the other, on Flink in this process.
 *
 * @param scripts their names; in the end there are the {@code _counts}
 */
record Job(List<String> scripts) {

  /** Runs the job once. */
  void run(Path input, Path output) throws Exception {
    TableEnvironment tables =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inBatchMode()
                .withConfiguration(Settings.embedded())
                .build());
    Map<String, String> folders =
        Map.of("input", input.toUri().toString(), "output", output.toUri().toString());
    for (String script : scripts) {
      Script.read(script, folders).prepare(tables).execute().await();
    }
    report(output.resolve("_counts")).write(output);
  }

  private static CountsReport report(Path counts) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Map<String, Long> numbers = new HashMap<>();
    try (Stream<Path> files = Files.list(counts)) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode count = json.readTree(line);
          numbers.put(count.get("name").asText(), count.get("n").asLong());
        }
      }
    }
    long read = numbers.get("read");
    long rejected = numbers.get("rejected");
    return new CountsReport(read, rejected, read - rejected - numbers.get("unique"));
  }
}
