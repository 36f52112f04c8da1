package dev.millrace.benchmarks.flinksql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.benchmarks.run.CountsReport;
import dev.millrace.benchmarks.run.Repetitions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableEnvironment;

/** The job as a script for Flink SQL, {@code ingest.sql}, on Flink in this process. */
public final class FlinkSqlIngest {
  private static final String INSERT = "INSERT INTO";
  private static final String END_OF_STATEMENT = ";\\s*(\n\\s*|$)";

  private FlinkSqlIngest() {}

  /** Runs the job as often as the arguments say. */
  public static void main(String[] args) throws Exception {
    Repetitions.measure(FlinkSqlIngest::run, args);
    System.exit(0); // Flink's threads would keep the process for a while
  }

  /** Runs the job once. */
  public static void run(Path input, Path output) throws Exception {
    TableEnvironment tables =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inBatchMode()
                .withConfiguration(Settings.embedded())
                .build());
    for (String part : parts(input, output)) {
      runPart(tables, part);
    }
    report(output.resolve("_counts")).write(output);
  }

  /** What is inserted in a part is one set of statements, which the planner sees as a whole. */
  private static void runPart(TableEnvironment tables, String part) throws Exception {
    StatementSet inserts = tables.createStatementSet();
    for (String statement : part.strip().split(END_OF_STATEMENT, -1)) {
      if (statement.startsWith(INSERT)) {
        inserts.addInsertSql(statement);
      } else if (!statement.isEmpty()) {
        tables.executeSql(statement);
      }
    }
    inserts.execute().await();
  }

  private static String[] parts(Path input, Path output) throws IOException {
    try (InputStream script = FlinkSqlIngest.class.getResourceAsStream("ingest.sql")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${input}", input.toUri().toString())
          .replace("${output}", output.toUri().toString())
          .split("-- The second part.*", -1);
    }
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
