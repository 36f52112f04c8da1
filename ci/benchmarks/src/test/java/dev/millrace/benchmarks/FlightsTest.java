package dev.millrace.benchmarks;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.benchmarks.duckdb.DuckDbIngest;
import dev.millrace.benchmarks.flights.DemoFlights;
import dev.millrace.benchmarks.flights.FlightCheck;
import dev.millrace.benchmarks.flights.FlightFiles;
import dev.millrace.benchmarks.flights.FlightSource;
import dev.millrace.benchmarks.peer.KeyedState;
import dev.millrace.benchmarks.peer.NativeFlinkFlights;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flights' files, contenders and check, over some of the demo's flights and copies of some. */
final class FlightsTest {
  private static final Path DEMO = Path.of("../../testdata/flights");
  private static final Path JOB = DEMO.resolve("flights.job.yaml");
  private static final List<String> DAYS = List.of("2001-01-01.ndjson.gz", "2001-01-02.ndjson.gz");
  private static final long ROWS = DemoFlights.ROWS;

  private static FlightSource source;
  private static FlightFiles files;

  @TempDir private Path output;

  @BeforeAll
  static void prepare(@TempDir Path folder) throws Exception {
    source = DemoFlights.write(DEMO, folder);
    files = FlightFiles.of(source, folder, 1_000_000);
    assertThat(files.prepare(), is(ROWS));
  }

  @Test
  void writesLinesAsTheDemoHasThem() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int part = 0; part < 8; part++) {
      lines.addAll(Files.readAllLines(files.folder().resolve("part-" + part + ".ndjson")));
    }
    int originals = DemoFlights.ROWS - DemoFlights.COPIES;
    assertThat(lines.subList(0, originals), equalTo(demo().subList(0, originals)));
    assertThat(
        lines.subList(originals, lines.size()), equalTo(demo().subList(0, DemoFlights.COPIES)));
  }

  @Test
  void writesTheFirstFlightsOnly(@TempDir Path folder) throws Exception {
    FlightFiles few = FlightFiles.of(source, folder, 20);
    assertThat(few.prepare(), is(20L));
    assertThat(
        Files.readAllLines(few.folder().resolve("part-0.ndjson")), equalTo(demo().subList(0, 2)));
  }

  @Test
  void findsDuckDbRight() throws Exception {
    DuckDbIngest.run("flights.sql", files.folder(), output);
    assertThat(differences(), empty());
  }

  @Test
  void findsNativeFlinkRight() throws Exception {
    NativeFlinkFlights.run(KeyedState.SORTED, files.folder(), output);
    assertThat(differences(), empty());
  }

  @Test
  void findsMillraceRight() throws Exception {
    MillraceIngest.run(
        JOB, "DirectRunner", List.of("--targetParallelism=1"), files.folder(), output);
    assertThat(differences(), empty());
  }

  @Test
  void noticesAnyChange() throws Exception {
    DuckDbIngest.run("flights.sql", files.folder(), output);
    Files.writeString(output.resolve("report.json"), "{\"duplicates\":0}");
    Path rejects = output.resolve("quarantine/rejected.ndjson");
    Files.writeString(rejects, Files.readString(rejects).replaceFirst("HNL", "SFO"));
    change("records", "SELECT * REPLACE (distance + 1 AS distance)");
    change("aggregates", "SELECT * REPLACE (max_delay + 1 AS max_delay)");

    List<String> differences = differences();
    assertThat(differences, hasItem("duplicates: expected 7, found 0"));
    assertThat(differences, hasItem("rejects that differ: expected 0, found 2"));
    assertThat(differences, hasItem(startsWith("records that differ: expected 0, found ")));
    assertThat(differences, hasItem(startsWith("aggregates that differ: expected 0, found ")));
  }

  @Test
  void noticesRowsThatAreThereTwice() throws Exception {
    DuckDbIngest.run("flights.sql", files.folder(), output);
    Path file = data("records");
    Files.copy(file, file.resolveSibling("again.parquet"));
    assertThat(
        differences(),
        contains(startsWith("rows: expected "), startsWith("records that differ: expected 0")));
  }

  @Test
  void saysThatThereAreNoFlights() {
    Path nowhere = output.resolve("flights.parquet");
    IOException refusal = assertThrows(IOException.class, () -> FlightSource.at(nowhere));
    assertThat(refusal.getMessage(), is("Cannot find the flights: there is no " + nowhere));
  }

  private List<String> differences() throws Exception {
    return FlightCheck.differences(source, ROWS, output);
  }

  /** Writes a table's first file anew. */
  private void change(String table, String select) throws Exception {
    Path file = data(table);
    Path old = Files.move(file, output.resolve("old.parquet"));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (%s FROM '%s') TO '%s'".formatted(select, old, file));
    }
    Files.delete(old);
  }

  private Path data(String table) throws IOException {
    try (var files = Files.walk(output.resolve(table))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  /** From where the source starts. */
  private static List<String> demo() throws IOException {
    List<String> demo = new ArrayList<>();
    for (String day : DAYS) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(DEMO.resolve(day))),
                  StandardCharsets.UTF_8))) {
        lines.lines().forEach(demo::add);
      }
    }
    return demo.subList(DemoFlights.SKIPPED, demo.size());
  }
}
