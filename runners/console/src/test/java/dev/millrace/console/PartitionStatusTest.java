package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.ledger.Interval;
import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.LedgerLocation;
import dev.millrace.ledger.RunEntry;
import dev.millrace.ledger.RunProgress;
import dev.millrace.ledger.RunState;
import dev.millrace.operate.run.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionStatusTest {
  private static final Path CONTRACT = Days.FLIGHTS.resolve("flights.odcs.yaml");

  private String out = "";
  private String err = "";

  @TempDir Path folder;
  private Path job;

  @BeforeEach
  void writeJob() throws IOException {
    Files.writeString(
        folder.resolve("flights.odcs.yaml"),
        Files.readString(CONTRACT) + "slaProperties: [{property: latency, value: 4, unit: h}]\n");
    Files.writeString(
        folder.resolve("2001-01-01.ndjson"),
        """
        {"date":"2001-01-01T00:01:00","delay":14,"distance":549,"origin":"SFO","destination":"SAN"}
        {"date":"2001-01-01T00:02:00","delay":1e9,"distance":5,"origin":"SFO","destination":"SAN"}
        """);
    job = folder.resolve("flights.job.yaml");
    Files.writeString(
        job,
        """
        pipeline: ingest
        options:
          input: "{date}.ndjson"
          contract: flights.odcs.yaml
          output: out
        """);
  }

  @Test
  void tellsWhatIsThereAndWhatIsMissing() {
    assertThat(millrace("run", "--from=2001-01-01", "--to=2001-01-02", "--runId=one"), is(0));

    assertThat(millrace("status", "--to-date=2001-01-03"), is(0));
    List<String> lines = out.lines().map(String::stripTrailing).toList();
    assertThat(
        lines.get(0),
        is(
            "2 partitions of %s: 1 published, 1 missing; 1 late; next due dt=2001-01-02 at 2001-01-03T04:00:00Z"
                .formatted(folder.resolve("out"))));
    assertThat(
        lines.subList(1, lines.size()).stream().map(line -> line.replaceAll(" +", " ")).toList(),
        contains(
            is("partition state rows rejects version due run"),
            startsWith("dt=2001-01-01 published 1 1 1 "),
            matchesPattern("dt=2001-01-02 missing, late [\\d,]+ d late")));
    assertThat(lines.get(2), containsString(" one"));
  }

  @Test
  void tellsProgramsTheSame() throws IOException {
    millrace("run", "--from=2001-01-01", "--to=2001-01-02", "--runId=one");

    assertThat(
        millrace("status", "--json", "--from-date=2001-01-01", "--to-date=2001-01-03"), is(0));
    JsonNode status = new ObjectMapper().readTree(out);
    assertThat(status.at("/counts/published").asInt(), is(1));
    assertThat(status.at("/counts/late").asInt(), is(1));
    assertThat(status.at("/nextDue/partition").asText(), is("dt=2001-01-02"));
    JsonNode first = status.at("/partitions/0");
    assertThat(first.at("/partition").asText(), is("dt=2001-01-01"));
    assertThat(first.at("/state").asText(), is("published"));
    assertThat(first.at("/rows").asInt(), is(1));
    assertThat(first.at("/rejects").asInt(), is(1));
    assertThat(first.at("/version").asInt(), is(1));
    assertThat(first.at("/run").asText(), is("one"));
    assertThat(first.at("/due").asText(), is("2001-01-02T04:00:00Z"));
    assertThat(status.at("/partitions/1/state").asText(), is("missing"));
    assertThat(status.at("/partitions/1/late").asBoolean(), is(true));
  }

  @Test
  void forecastsARunThatGoesOnByHowFarItIs() throws IOException {
    Instant start = Instant.now().minusSeconds(60);
    RunEntry run = running("one", start);
    try (Ledger ledger =
        Ledger.open(LedgerLocation.file(folder.resolve("ledger.db")), Clock.systemUTC())) {
      ledger.runs().start(run, Optional.empty(), Duration.ofMinutes(5));
      ledger.runs().heartbeat(run.key(), Optional.of(new RunProgress(1, 3)));
    }
    assertThat(millrace("status"), is(0));
    assertThat(
        out.lines().reduce((first, last) -> last).orElseThrow().replaceAll(" +", " "),
        matchesPattern(
            "dt=2001-01-01 running, late [\\d,]+ d late one expected at \\S+Z, [\\d,]+ d late"));
    assertThat(millrace("status", "--json"), is(0));
    JsonNode status = new ObjectMapper().readTree(out).at("/partitions/0");
    Instant expected = Instant.parse(status.at("/expectedAt").asText());
    assertThat(expected, is(greaterThanOrEqualTo(start.plusSeconds(180))));
    assertThat(
        status.at("/expectedLateSeconds").asDouble(),
        is(Duration.between(Instant.parse(status.at("/due").asText()), expected).toMillis() / 1e3));
  }

  private RunEntry running(String id, Instant start) {
    Path output = folder.resolve("out");
    Instant day = Instant.parse("2001-01-01T00:00:00Z");
    return new RunEntry(
        id,
        job.toString(),
        "ingest",
        "1",
        "flights",
        "1.0.0",
        "DirectRunner",
        Optional.of(new Interval(day, day.plus(Duration.ofDays(1)))),
        output.toString(),
        output.resolve("_staging").resolve(id).toString(),
        RunState.RUNNING,
        Owner.self().toString(),
        "",
        start,
        start,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void needsNoInputAndNoOutput() throws IOException {
    Files.delete(folder.resolve("2001-01-01.ndjson"));
    assertThat(millrace("status"), is(0));
    assertThat(
        out,
        is(
            "No partition of %s is known (--from-date and --to-date ask for a range)\n"
                .formatted(folder.resolve("out"))));
    assertThat(Files.exists(folder.resolve("out")), is(false));
  }

  @Test
  void takesAPipelineWithAnOutput() {
    assertThat(
        command(
            "status",
            "ingest",
            "--contract=" + CONTRACT,
            "--input=none",
            "--output=" + folder.resolve("none"),
            "--from-date=2001-01-01",
            "--to-date=2001-01-02T06:00:00Z",
            "--ledger=" + folder.resolve("ledger.db")),
        is(0));
    assertThat(
        out,
        is(
            """
            2 partitions of %s: 2 missing
            partition      state
            dt=2001-01-01  missing
            dt=2001-01-02  missing
            """
                .formatted(folder.resolve("none"))));
  }

  @Test
  void refusesARangeThatEndsBeforeItBegins() {
    assertThat(millrace("status", "--from-date=2001-01-02", "--to-date=2001-01-02"), is(2));
    assertThat(
        err,
        is(
            "Invalid --to-date: 2001-01-02 (expected after --from-date=2001-01-02: it is the end, and not in it)\n"));
  }

  @Test
  void refusesARangeOfMoreThanACentury() {
    assertThat(millrace("status", "--from-date=0001-01-01", "--to-date=2001-01-02"), is(2));
    assertThat(
        err,
        is(
            "Invalid --to-date: 2001-01-02 (expected at most 100 years after --from-date=0001-01-01)\n"));
  }

  @Test
  void refusesADayThatIsNone() {
    assertThat(millrace("status", "--from-date=yesterday"), is(2));
    assertThat(
        err,
        is(
            "Invalid --from-date: yesterday (expected a UTC day such as 2001-01-15, or an instant such as 2001-01-15T06:00:00Z)\n"));
  }

  @Test
  void refusesAnOptionThatNoJobHas() {
    assertThat(millrace("status", "--widnow=1h"), is(2));
    assertThat(err, is("Invalid option: widnow (did you mean window?)\n"));
  }

  @Test
  void refusesOptionsOfAJobWhereNoneIsGiven() {
    assertThat(command("status", "some-run", "--window=1h"), is(2));
    assertThat(err, is("Unknown option: '--window=1h'\nSee 'millrace status --help'\n"));

    assertThat(command("status", "--from-date=2001-01-01"), is(2));
    assertThat(
        err, is("Missing required value: JOB.yaml (--from-date is for the partitions of one)\n"));
  }

  @Test
  void stillAsksAClusterAboutARun() {
    assertThat(command("status", "some-run", "--flinkMaster=127.0.0.1:1"), is(3));
    assertThat(err, startsWith("Cannot reach Flink at 127.0.0.1:1: "));
  }

  private int millrace(String verb, String... options) {
    List<String> arguments = new ArrayList<>(List.of(verb, job.toString()));
    arguments.addAll(List.of(options));
    if (verb.equals("status")) {
      arguments.add("--ledger=" + folder.resolve("ledger.db"));
    }
    return command(arguments.toArray(String[]::new));
  }

  private int command(String... arguments) {
    Answer answer = Answer.of(arguments);
    out = answer.out();
    err = answer.err();
    return answer.code();
  }
}
