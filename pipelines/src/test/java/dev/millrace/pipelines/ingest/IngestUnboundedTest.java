package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.record.Disposition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code ingest --streaming}: the third law, and what only a run that goes on can find. */
class IngestUnboundedTest {
  private static final String[] STREAMING = {
    "--streaming", "--shards=1", "--pollInterval=10ms", "--untilIdle=200ms"
  };

  @TempDir Path folder;

  /** In each case, the records come in the order of their event times, but for less than this. */
  private static final String OUT_OF_ORDER = "--maxOutOfOrderness=9000d";

  /** But for duplicates-by-key: of records in conflict, the first to arrive is kept. */
  static Stream<String> cases() throws IOException {
    return IngestGoldenTest.cases().filter(name -> !name.equals("duplicates-by-key"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesWhatABoundedRunDoes(String name) throws Exception {
    Path test = IngestGoldenTest.CASES.resolve(name);
    String[] arguments = join(IngestGoldenTest.arguments(test), STREAMING, OUT_OF_ORDER);
    StagedOutput output = IngestRun.to(folder, arguments);
    Path expected = test.resolve("expected");
    assertThat(output.rows("records"), is(Files.readAllLines(expected.resolve("records.ndjson"))));
    assertThat(
        output.rows("aggregates"), is(Files.readAllLines(expected.resolve("aggregates.ndjson"))));
    assertThat(output.quarantine(), is(Files.readAllLines(expected.resolve("quarantine.ndjson"))));
    assertThat(List.of(output.counts()), is(Files.readAllLines(expected.resolve("counts.json"))));
  }

  private static String[] join(String[] some, String[] others, String last) {
    return Stream.of(some, others, new String[] {last}).flatMap(Stream::of).toArray(String[]::new);
  }

  @Test
  void countsWhatRulesCountAsABoundedRunDoes() throws Exception {
    String rule = "        quality: [{metric: invalidValues, %s, severity: warning}]\n";
    String flights = Files.readString(Path.of("../testdata/flights/flights.odcs.yaml"));
    Path contract =
        Files.writeString(
            folder.resolve("rules.odcs.yaml"),
            flights.replace(
                "- name: origin\n",
                "- name: origin\n"
                    + rule.formatted("mustBe: 3, arguments: {validValues: [SFO, LAX]}")));
    for (int file = 1; file <= 3; file++) {
      String flight =
          """
          {"date":"2001-01-02T08:30:00Z","delay":1,"distance":%d,"origin":"%s","destination":"LAX"}
          """;
      String copy = flight.formatted(1, "JFK");
      write(file + ".ndjson", file, copy + flight.formatted(file, "SFO") + "{\n" + copy);
      write(file + "0.ndjson", file, flight.formatted(file, "ORD"));
    }
    String[] files = {"--input=" + folder + "/*.ndjson", "--contract=" + contract};

    StagedOutput bounded = IngestRun.to(folder.resolve("bounded"), files);
    StagedOutput unbounded =
        IngestRun.to(folder.resolve("unbounded"), join(files, STREAMING, "--filesPerPoll=1"));

    NavigableMap<String, Long> flagged = bounded.manifest().countByDetail(Disposition.FLAGGED);
    assertThat(flagged.values(), contains(4L));
    assertThat(unbounded.manifest().countByDetail(Disposition.FLAGGED), is(flagged));
  }

  @Test
  void findsKeepsAndCountsWhatIsLate() throws Exception {
    String flight =
        """
        {"date":"2001-01-0%dT%02d:30:00Z","delay":1,"distance":%d,"origin":"SFO","destination":"LAX"}
        """;
    write("1.ndjson", 1, flight.formatted(2, 8, 1));
    write("2.ndjson", 2, flight.formatted(2, 9, 2));
    write("3.ndjson", 3, flight.formatted(1, 9, 3) + flight.formatted(2, 10, 4));
    StagedOutput output =
        IngestRun.to(
            folder.resolve("staging"),
            join(
                new String[] {
                  "--input=" + folder + "/*.ndjson",
                  "--contract=../testdata/flights/flights.odcs.yaml",
                  "--aggregate=count",
                  "--earlyFirings=1h",
                  "--filesPerPoll=1"
                },
                new String[] {"--streaming", "--shards=1", "--untilIdle=1s"},
                "--pollInterval=1s"));
    assertThat(output.manifest().count(Disposition.READ), is(4L));
    assertThat(output.manifest().count(Disposition.PUBLISHED), is(3L));
    assertThat(output.manifest().count(Disposition.LATE, "dt=2001-01-01"), is(1L));
    assertThat(output.rows("late"), hasItem(startsWith("{\"partition\":\"dt=2001-01-01\"")));
    assertThat(output.rows("aggregates").size(), is(3));
    assertThat(
        "what was there when each window ended",
        output.rows("aggregate_updates").stream().anyMatch(row -> row.contains("on_time")));
  }

  @Test
  void findsTheEarthquakesThatWereReportedLate() throws Exception {
    Path earthquakes = Path.of("../testdata/earthquakes");
    try (Stream<Path> files = Files.list(earthquakes)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".gz")).sorted().toList()) {
        String day = file.getFileName().toString();
        Path copy = Files.copy(file, folder.resolve(day));
        long second = LocalDate.parse(day.substring(0, 10)).toEpochDay();
        Files.setLastModifiedTime(copy, FileTime.fromMillis(1_000 * second));
      }
    }
    StagedOutput output =
        IngestRun.to(
            folder.resolve("staging"),
            join(
                new String[] {
                  "--input=" + folder + "/*.gz",
                  "--contract=" + earthquakes.resolve("earthquakes.odcs.yaml"),
                  "--filesPerPoll=1"
                },
                new String[] {"--streaming", "--shards=1", "--untilIdle=500ms"},
                "--pollInterval=500ms"));

    List<Quake> late = output.rows("late").stream().map(Quake::of).toList();
    List<Quake> all =
        Stream.concat(late.stream(), output.rows("records").stream().map(Quake::of)).toList();
    assertThat(all.size(), is(1_707));
    assertThat("some are late", !late.isEmpty());
    for (Quake quake : late) {
      assertThat(quake + " is behind another by an hour", quake.isBehind(all));
    }
    NavigableMap<String, Long> byPartition = new TreeMap<>();
    late.forEach(quake -> byPartition.merge(quake.partition, 1L, Long::sum));
    assertThat(output.manifest().countByPartition(Disposition.LATE), is(byPartition));
  }

  /** When an earthquake happened. */
  private record Quake(String partition, long time) {
    static Quake of(String row) {
      try {
        JsonNode json = new ObjectMapper().readTree(row);
        return new Quake(json.get("partition").asText(), json.get("time").asLong());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    boolean isBehind(List<Quake> all) {
      return all.stream().anyMatch(other -> other.time > time + 3_600_000);
    }
  }

  private void write(String name, long second, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000 * second));
  }

  @Test
  void refusesToEndABoundedRunWhenItIsIdle() {
    assertThat(
        refusal("--untilIdle=10s").getMessage(),
        is("Invalid --untilIdle: 10s (expected with --streaming only)"));
  }

  @ParameterizedTest
  @CsvSource({
    "--untilIdle=soon, Invalid --untilIdle: soon (expected a number and one of ms; s; m; h; d; such as 1h; or ISO 8601)",
    "--earlyFirings=0s, Invalid --earlyFirings: Invalid early firings: PT0S (expected 1ms or more)",
    "--filesPerPoll=0, Invalid filesPerPoll: 0 (expected at least 1)",
  })
  void refusesWhatItCannotDo(String option, String message) {
    IllegalArgumentException e = refusal("--streaming", option);
    assertThat(e.getMessage(), is(message.replace(';', ',')));
  }

  private IllegalArgumentException refusal(String... options) {
    String[] needed = {
      "--input=" + folder + "/*", "--contract=../testdata/flights/flights.odcs.yaml"
    };
    return assertThrows(
        IllegalArgumentException.class,
        () -> IngestRun.build(folder.resolve("none"), join(needed, options, "--window=1h")));
  }
}
