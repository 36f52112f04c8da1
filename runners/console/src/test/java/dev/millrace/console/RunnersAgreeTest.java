package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The third law: the same records on the DirectRunner and on embedded Flink give the same published
 * rows, aggregates, rejects and counts.
 */
class RunnersAgreeTest {
  private static final Path TESTDATA = Path.of("../../testdata").toAbsolutePath().normalize();

  @TempDir Path folder;

  @Test
  void onTwoDaysOfFlights() throws Exception {
    Path contract = TESTDATA.resolve("flights/flights.odcs.yaml");
    String input = TESTDATA.resolve("flights/2001-01-0[12].ndjson.gz").toString();
    String[] aggregates = {"--groupBy=origin", "--aggregate=count,mean(delay),max(delay)"};
    Output direct = run("DirectRunner", input, contract, aggregates);
    Output flink = run("FlinkRunner", input, contract, aggregates);

    assertThat(direct.rows("records"), hasSize(31_675));
    agree(direct, flink);
  }

  @Test
  void onEveryKindOfReject() throws Exception {
    Path contract = TESTDATA.resolve("ingest/rejects/contract.odcs.yaml");
    String input = TESTDATA.resolve("ingest/rejects/input.ndjson").toString();
    String[] aggregates = {"--groupBy=kind", "--aggregate=count,sum(amount)", "--window=day"};

    agree(
        run("DirectRunner", input, contract, aggregates),
        run("FlinkRunner", input, contract, aggregates));
  }

  @Test
  void onConflictsAcrossMidnightInSlidingWindows() throws Exception {
    Path contract = TESTDATA.resolve("ingest/duplicates-by-key/contract.odcs.yaml");
    String input = TESTDATA.resolve("ingest/duplicates-by-key/input.ndjson").toString();
    String[] aggregates = {"--aggregate=count", "--window=2h every 1h"};

    agree(
        run("DirectRunner", input, contract, aggregates),
        run("FlinkRunner", input, contract, aggregates));
  }

  @Test
  void onSessionsAndTheSqlOverThem() throws Exception {
    Path contract = TESTDATA.resolve("flights/flights.odcs.yaml");
    String input = TESTDATA.resolve("flights/2001-01-0[12].ndjson.gz").toString();
    String[] sessions = {"--sessionKey=origin", "--gap=45m", "--aggregate=mean(delay)"};
    Output direct = runPipeline("sessions", "DirectRunner", input, contract, sessions);
    Output flink = runPipeline("sessions", "FlinkRunner", input, contract, sessions);

    assertThat(direct.rows("daily"), hasSize(2));
    for (String table : List.of("records", "sessions", "daily")) {
      assertThat(flink.rows(table), equalTo(direct.rows(table)));
    }
    assertThat(flink.quarantine(), equalTo(direct.quarantine()));
    assertThat(flink.counts(), equalTo(direct.counts()));
  }

  @Test
  void onFieldsThatReferToFiles() throws Exception {
    Path references = TESTDATA.resolve("ingest/references");
    String[] options = {
      "--refer=sender,receiver:%s/places.csv#code,customer:%s/customers.ndjson#id"
          .formatted(references, references),
      "--aggregate=count"
    };
    Path contract = references.resolve("contract.odcs.yaml");
    String input = references.resolve("input.ndjson").toString();

    agree(
        run("DirectRunner", input, contract, options),
        run("FlinkRunner", input, contract, options));
  }

  private static void agree(Output direct, Output flink) throws Exception {
    assertThat(flink.rows("records"), equalTo(direct.rows("records")));
    assertThat(flink.rows("aggregates"), equalTo(direct.rows("aggregates")));
    assertThat(flink.quarantine(), equalTo(direct.quarantine()));
    assertThat(flink.counts(), equalTo(direct.counts()));
  }

  private Output run(String runner, String input, Path contract, String... more) {
    return runPipeline("ingest", runner, input, contract, more);
  }

  private Output runPipeline(
      String pipeline, String runner, String input, Path contract, String... more) {
    Path output = folder.resolve(runner);
    List<String> arguments = new ArrayList<>(List.of("run", pipeline, "--runner=" + runner));
    arguments.addAll(List.of("--input=" + input, "--contract=" + contract, "--output=" + output));
    arguments.addAll(List.of(more));
    StringWriter err = new StringWriter();
    CommandLine millrace = Millrace.command();
    millrace.setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err));
    int exitCode = millrace.execute(arguments.toArray(String[]::new));
    assertThat(err.toString(), exitCode, is(0));
    return new Output(output);
  }

  /** What a run published. */
  private record Output(Path folder) {

    List<String> rows(String table) throws SQLException {
      List<String> rows = new ArrayList<>();
      try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
          Statement statement = duckdb.createStatement();
          ResultSet found =
              statement.executeQuery(
                  "select t::varchar from read_parquet('%s/%s/**/*.parquet') t order by 1"
                      .formatted(folder, table))) {
        while (found.next()) {
          rows.add(found.getString(1));
        }
      }
      return rows;
    }

    /** The quarantined lines by reason, to the byte. */
    Map<String, String> quarantine() throws IOException {
      Map<String, String> files = new TreeMap<>();
      try (Stream<Path> paths = Files.walk(folder.resolve("quarantine"))) {
        for (Path file : paths.filter(path -> path.toString().endsWith(".ndjson")).toList()) {
          files.put(file.getParent().getFileName().toString(), Files.readString(file));
        }
      }
      return files;
    }

    /** The balance in the report, from what was read to the reasons of rejects. */
    String counts() throws IOException {
      String report = Files.readString(folder.resolve("report.json"));
      return report.substring(report.indexOf("\"read\""), report.indexOf("\"partitions\""));
    }
  }
}
