package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a staged run would change, row by row, on real flights. */
class PublishDiffTest {
  private static final String FIRST = "dt=2001-01-01";
  private static final String SECOND = "dt=2001-01-02";

  @TempDir Path folder;

  private final Terminal terminal = new Terminal();
  private List<String> lines;
  private Path output;

  @BeforeEach
  void publishARun() throws IOException {
    lines = Flights.lines();
    output = folder.resolve("my [1] *{out}?");
    assertThat(run("first", lines, "--aggregate=count"), is(0));
  }

  @Test
  void showsExactlyTheRowsThatAnotherContractRejects() throws IOException {
    List<String> late = lines.stream().filter(line -> Flights.delay(line) > 60).toList();
    assertThat(
        run(
            "second",
            lines,
            "--aggregate=count",
            "--contract=" + Flights.contractUpTo(60, folder),
            "--into=staging-only"),
        is(0));
    assertThat(diff("second", "--samples=1000"), is(0));
    JsonNode diff = json();
    assertThat(diff.path("removed").asInt(), is(late.size()));
    assertThat(diff.path("added").asInt() + diff.path("changed").asInt(), is(0));
    assertThat(diff.path("publishedRows").asInt(), is(lines.size()));
    assertThat(diff.path("stagedRows").asInt(), is(lines.size() - late.size()));
    List<String> removed = new ArrayList<>();
    for (JsonNode sample : diff.path("samples").path("removed")) {
      removed.add(line(sample.path("row")));
    }
    assertThat(removed, containsInAnyOrder(late.toArray()));

    assertThat(terminal.type("publish", "second", "--output=" + output), is(0));
    assertThat(run("third", lines, "--aggregate=count", "--into=staging-only"), is(0));
    assertThat(diff("third"), is(0));
    assertThat(json().path("added").asInt(), is(late.size()));
    assertThat(json().path("removed").asInt(), is(0));
    assertThat(json().path("samples").path("added").size(), is(3));
  }

  /** As it was in the input. */
  private static String line(JsonNode row) {
    return "{\"date\":\"%s\",\"delay\":%s,\"distance\":%s,\"origin\":\"%s\",\"destination\":\"%s\"}"
        .formatted(
            row.path("date").asText().replaceFirst("\\.000000Z$", "Z"),
            row.path("delay"),
            row.path("distance"),
            row.path("origin").asText(),
            row.path("destination").asText());
  }

  @Test
  void showsWhatChangedOfRowsWithTheSameKey() throws IOException {
    List<String> changed = new ArrayList<>(lines);
    changed.set(7, Flights.withDelay(lines.get(7), 700));
    String gone = changed.remove(500);
    changed.add(gone.replaceFirst("\"origin\":\"\\w+\"", "\"origin\":\"ZZZ\""));
    assertThat(run("second", changed, "--aggregate=count", "--into=staging-only"), is(0));

    String[] byKey = {"--key=date,origin,destination,distance", "--samples=1"};
    assertThat(diff("second", byKey), is(0));
    JsonNode diff = json();
    assertThat(diff.path("changed").asInt(), is(1));
    assertThat(diff.path("added").asInt(), is(1));
    assertThat(diff.path("removed").asInt(), is(1));
    JsonNode sample = diff.path("samples").path("changed").get(0);
    assertThat(
        sample.path("fields").toString(),
        is("{\"delay\":{\"published\":%s,\"staged\":700}}".formatted(Flights.delay(lines.get(7)))));
    assertThat(line(diff.path("samples").path("removed").get(0).path("row")), is(gone));
    String first = terminal.out();
    assertThat(diff("second", byKey), is(0));
    assertThat(terminal.out(), is(first));

    assertThat(text("second", "--key=date,origin,destination,distance"), is(0));
    assertThat(
        terminal.lines(),
        hasItem(
            matchesPattern(
                "  dt=2001-01-01  date .*: delay %s -> 700"
                    .formatted(Flights.delay(lines.get(7))))));
    assertThat(terminal.lines(), hasItem(matchesPattern("  all +800 +800 +1 +1 +1")));
  }

  @Test
  void findsNoDifferenceWhereThereIsNone() throws IOException {
    assertThat(run("second", lines, "--aggregate=count", "--into=staging-only"), is(0));
    assertThat(text("second"), is(0));
    assertThat(terminal.out(), endsWith("\n\nNo row differs\n"));
    assertThat(text("second", "--table=aggregates"), is(0));
    assertThat(terminal.out(), endsWith("\n\nNo row differs\n"));
  }

  /** What the files are written in is no difference, of any type of field. */
  @ParameterizedTest
  @CsvSource({"parquet, ZSTD", "parquet, NONE", "avro, GZIP", "ndjson, ZSTD", "ndjson, NONE"})
  void comparesValuesAndNotFormats(String format, String compression) throws IOException {
    Path orders = Flights.TESTDATA.resolve("formats");
    String[] job = {
      "run",
      "ingest",
      "--input=" + orders.resolve("orders.ndjson"),
      "--contract=" + orders.resolve("orders.odcs.yaml"),
      "--output=" + folder.resolve("orders"),
    };
    for (String other : List.of("parquet", "avro", "ndjson")) {
      assertThat(type(job, "--runId=" + other, "--outputFormat=" + other), is(0));
      assertThat(
          type(
              job,
              "--runId=second",
              "--outputFormat=" + format,
              "--compression=" + compression,
              "--into=staging-only"),
          is(0));
      assertThat(
          terminal.type("publish", "diff", "second", "--output=" + folder.resolve("orders")),
          is(0));
      assertThat(other + terminal.out(), terminal.out(), endsWith("\n\nNo row differs\n"));
    }
  }

  @Test
  void countsWhatWouldBeTakenAway() throws IOException {
    assertThat(run("second", lines, "--into=staging-only"), is(0));
    assertThat(diff("second", "--table=aggregates"), is(0));
    JsonNode partitions = json().path("partitions");
    assertThat(names(partitions), contains(FIRST, SECOND));
    for (JsonNode partition : partitions) {
      assertThat(partition.path("takenAway").asBoolean(), is(true));
      assertThat(partition.path("stagedRows").asInt(), is(0));
      assertThat(partition.path("removed"), equalTo(partition.path("publishedRows")));
    }
    assertThat(text("second", "--table=aggregates"), is(0));
    assertThat(terminal.lines().get(3), matchesPattern("  dt=2001-01-01 .*  taken away"));
  }

  @Test
  void comparesOnlyThePartitionsThatWouldBeReplaced() throws IOException {
    List<String> day = lines.stream().filter(line -> line.contains("2001-01-02T")).toList();
    assertThat(run("second", day, "--aggregate=count", "--into=staging-only"), is(0));
    assertThat(diff("second"), is(0));
    assertThat(names(json().path("partitions")), contains(SECOND));
  }

  @Test
  void refusesWhatItCannotCompare() throws IOException {
    assertThat(run("second", lines, "--into=staging-only"), is(0));
    assertThat(text("second", "--key=date,orgin"), is(2));
    assertThat(
        terminal.err(),
        is("Invalid key: Unknown field: orgin (did you mean origin?) in what is staged\n"));
    assertThat(text("second", "--samples=-1"), is(2));
    assertThat(terminal.err(), is("Invalid samples: -1 (expected 0 to 1000)\n"));
    assertThat(text("second", "--table=recrds"), is(2));
    assertThat(terminal.err(), is("Invalid table: recrds (expected aggregates, records)\n"));
    assertThat(text("secnd"), is(2));
    assertThat(
        terminal.err(),
        is(
            "Cannot find run secnd: nothing of that name is staged in %s (there are: second)\n"
                .formatted(output)));
    assertThat(terminal.type("publish", "diff", "--output=" + output), is(2));
    assertThat(terminal.err(), containsString("Missing required parameter: 'RUN'\n"));
  }

  @Test
  void saysWhichFileItCannotRead() throws IOException {
    assertThat(run("second", lines.subList(0, 9), "--into=staging-only"), is(0));
    Path file = output.resolve("records/" + FIRST + "/part-00000.parquet");
    Files.write(file, new byte[] {1});
    assertThat(text("second"), is(3));
    assertThat(terminal.err(), containsString("Cannot read %s: ".formatted(file)));
    assertThat(terminal.err().lines().toList(), hasSize(1));
  }

  private static List<String> names(JsonNode partitions) {
    return StreamSupport.stream(partitions.spliterator(), false)
        .map(partition -> partition.path("partition").asText())
        .toList();
  }

  private int run(String run, List<String> flights, String... options) throws IOException {
    Path input = Files.write(folder.resolve(run + ".ndjson"), flights);
    List<String> command = new ArrayList<>(List.of("run", "ingest", "--input=" + input));
    command.addAll(List.of("--runId=" + run, "--output=" + output));
    command.addAll(List.of(options));
    if (command.stream().noneMatch(option -> option.startsWith("--contract="))) {
      command.add("--contract=" + Flights.CONTRACT);
    }
    return terminal.type(command.toArray(String[]::new));
  }

  private int type(String[] job, String... options) {
    List<String> command = new ArrayList<>(List.of(job));
    command.addAll(List.of(options));
    return terminal.type(command.toArray(String[]::new));
  }

  private int text(String run, String... options) {
    return type(new String[] {"publish", "diff", run, "--output=" + output}, options);
  }

  private int diff(String run, String... options) {
    return type(new String[] {"publish", "diff", run, "--output=" + output, "--json"}, options);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(terminal.out());
  }
}
