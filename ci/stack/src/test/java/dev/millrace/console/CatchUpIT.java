package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.LedgerLocation;
import dev.millrace.ledger.PublishEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Catches up with a few small days, whose slices run in real worker processes. */
@Order(6)
class CatchUpIT {
  @TempDir Path folder;
  private Path output;
  private Path contract;

  @BeforeAll
  static void startInstalledWorkers() {
    Installed.startsWorkers();
  }

  @BeforeEach
  void writeDays() throws IOException {
    output = folder.resolve("out");
    contract = folder.resolve("flights.odcs.yaml");
    Files.writeString(
        contract,
        Files.readString(Days.FLIGHTS.resolve("flights.odcs.yaml"))
            + "slaProperties: [{property: latency, value: 4, unit: h}]\n");
    Days.write(folder, 4, 20);
  }

  @Test
  void runsWhatIsBehindTheLastPublishedPartition() throws IOException {
    publish("2001-01-02", "2001-01-03");
    Answer planned = catchUp("--until=2001-01-05", "--dry-run");
    assertThat(
        planned.out(),
        is(
            """
            2001-01-03           run   not published
            2001-01-04           run   not published
            2 of 2 slices would be run; nothing was
            """));

    Answer caughtUp = catchUp("--until=2001-01-05", "--json");
    assertThat(caughtUp.err(), caughtUp.code(), is(0));
    assertThat(states(caughtUp), contains("2001-01-03 published", "2001-01-04 published"));
    String id = caughtUp.json().path("backfill").asText();
    assertThat(
        Answer.of("backfill", "show", id, ledger()).out(), containsString("  because  catch-up\n"));
    assertThat(due("dt=2001-01-04"), is(Optional.of(Instant.parse("2001-01-05T04:00:00Z"))));

    Answer nothing = catchUp("--until=2001-01-05");
    assertThat(nothing.code(), is(0));
    assertThat(
        nothing.out(),
        is(
            "Nothing to catch up with: the last partition of %s ends at 2001-01-05\n"
                .formatted(output)));
    assertThat(catchUp("--until=2001-01-05", "--json").json().path("slices").isEmpty(), is(true));
  }

  @Test
  void fillsGapsFromTheDayThatItIsGiven() throws IOException {
    publish("2001-01-02", "2001-01-03");
    Answer caughtUp = catchUp("--from-date=2001-01-01", "--until=2001-01-04", "--json");
    assertThat(caughtUp.err(), caughtUp.code(), is(0));
    assertThat(
        states(caughtUp),
        contains("2001-01-01 published", "2001-01-02 published", "2001-01-03 published"));
    assertThat(
        caughtUp.json().path("slices").path(1).path("note").asText(),
        is("published by 2001-01-02; the ledger doesn't know of what"));
    assertThat(
        states(catchUp("--from-date=2001-01-01", "--until=2001-01-04", "--json")),
        contains("2001-01-01 skipped", "2001-01-02 skipped", "2001-01-03 skipped"));
  }

  @Test
  void runsAgainWhatHasFailed() throws IOException {
    publish("2001-01-01", "2001-01-02");
    Files.writeString(folder.resolve("2001-01-02.ndjson"), "not a flight\n");
    Answer failed = catchUp("--until=2001-01-03", "--maxRejectedPercent=10", "--json");
    assertThat(failed.code(), is(1));
    assertThat(states(failed), contains("2001-01-02 failed"));
    Answer status =
        Answer.of(arguments("status", "--from-date=2001-01-02", "--to-date=2001-01-03", "--json"));
    assertThat(status.json().at("/partitions/0/state").asText(), is("failed"));
    assertThat(
        status.json().at("/partitions/0/note").asText(),
        containsString("100 % of the records were rejected"));

    Days.writeDay(folder, 2, 5);
    Answer again = catchUp("--until=2001-01-03", "--json");
    assertThat(again.err(), again.code(), is(0));
    assertThat(states(again), contains("2001-01-02 published"));
  }

  @Test
  void saysThatItIsStaleWhereItsInputDoesNotComeAndNoLongerOnceItHas() throws IOException {
    publish("2001-01-01", "2001-01-02");
    Path third = folder.resolve("2001-01-03.ndjson");
    Files.delete(third);
    String[] waiting = {
      "--wait-for=" + folder.resolve("{date}.ndjson"), "--wait-timeout=0s", "--on-missing=stale"
    };
    Answer planned = catchUp("--until=2001-01-04", "--dry-run", waiting[0]);
    assertThat(planned.err(), planned.code(), is(0));
    assertThat(planned.out(), containsString("2001-01-03           run   not published\n"));

    Answer stale = catchUp("--until=2001-01-04", "--json", waiting[0], waiting[1], waiting[2]);
    assertThat(stale.err(), stale.code(), is(0));
    assertThat(states(stale), contains("2001-01-02 published", "2001-01-03 skipped"));
    assertThat(
        stale.json().path("slices").path(1).path("note").asText(),
        startsWith("stale: Cannot find %s: not there after ".formatted(third)));
    JsonNode marker = new ObjectMapper().readTree(output.resolve("_STALE").toFile());
    assertThat(marker.path("missing").path(0).asText(), is(third.toString()));
    assertThat(marker.path("lastPublished").asText(), is("dt=2001-01-02"));

    Days.writeDay(folder, 3, 20);
    Answer come = catchUp("--until=2001-01-04", "--json", waiting[0], waiting[1], waiting[2]);
    assertThat(come.err(), come.code(), is(0));
    assertThat(states(come), contains("2001-01-03 published"));
    assertThat(Files.exists(output.resolve("_STALE")), is(false));
  }

  @Test
  void failsWhereItsInputDoesNotComeAndSaysWhatIsMissing() throws IOException {
    publish("2001-01-01", "2001-01-02");
    Files.delete(folder.resolve("2001-01-02.ndjson"));
    String marker = folder.resolve("up/dt={date}/_SUCCESS").toString();
    Answer failed =
        catchUp("--until=2001-01-03", "--wait-for=" + marker, "--wait-timeout=0s", "--json");
    assertThat(failed.code(), is(1));
    assertThat(states(failed), contains("2001-01-02 failed"));
    assertThat(
        failed.json().path("slices").path(0).path("note").asText(),
        startsWith(
            "Cannot find %s: not there after "
                .formatted(folder.resolve("up/dt=2001-01-02/_SUCCESS"))));
    assertThat(Files.exists(output.resolve("_STALE")), is(false));
  }

  @Test
  void keepsWhenWhatWasStagedIsDue() {
    String[] staged = {
      "--from=2001-01-01", "--to=2001-01-02", "--runId=one", "--into=staging-only"
    };
    Answer run = Answer.of(arguments("run", staged));
    assertThat(run.err(), run.code(), is(0));
    Answer published = Answer.of("publish", "one", "--output=" + output, ledger());
    assertThat(published.err(), published.code(), is(0));
    assertThat(due("dt=2001-01-01"), is(Optional.of(Instant.parse("2001-01-02T04:00:00Z"))));
  }

  @Test
  void waitsAgainWhenItIsTriedAgain() throws IOException {
    publish("2001-01-01", "2001-01-02");
    Path upstream = folder.resolve("up stream");
    Answer failed =
        catchUp("--until=2001-01-03", "--wait-for=" + upstream, "--wait-timeout=0s", "--json");
    assertThat(failed.code(), is(1));
    String id = failed.json().path("backfill").asText();
    Answer again = Answer.of("backfill", "retry", id, ledger(), "--json");
    assertThat(again.err(), again.code(), is(1));
    assertThat(
        again.json().path("slices").path(0).path("note").asText(),
        is("Cannot find %s: not there after 0.0 s".formatted(upstream)));
    Path other = Files.createFile(folder.resolve("other"));
    Answer otherwise =
        Answer.of("backfill", "retry", id, ledger(), "--json", "--wait-for=" + other);
    assertThat(otherwise.err(), otherwise.code(), is(0));
    assertThat(states(otherwise), contains("2001-01-02 published"));
  }

  @Test
  void asksForABeginningWhereNothingIs() {
    Answer refused = catchUp("--until=2001-01-05");
    assertThat(refused.code(), is(2));
    assertThat(
        refused.err(),
        is(
            "Missing required value: from-date (nothing is published in %s yet)\n"
                .formatted(output)));
    assertThat(Files.exists(output), is(false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --until=soon | Invalid --until: soon (expected a UTC day such as 2001-01-15, or an instant such as 2001-01-15T06:00:00Z)
          --until=2001-01-01 --from-date=2001-01-02 | Invalid --until: 2001-01-01 (expected after --from-date=2001-01-02: it is the end, and not in it)
          --until=2001-01-04 --from-date=2001-01-01 --interval=2d | Invalid --until: 2001-01-04 (expected whole slices of 2d from 2001-01-01 on)
          --until=2001-01-04 --from-date=2001-01-01 --interval=5h | Invalid --interval: 5h (expected days such as 1d, or hours that divide a day such as 6h)
          --until=2001-01-04 --from-date=2001-01-01 --max-active-runs=0 | Invalid --max-active-runs: 0 (expected 1 or more)
          --until=2001-01-04 --from-date=2001-01-01 --wait-timeout=1h | Missing required value: wait-for (--wait-timeout is about it)
          --until=2001-01-04 --from-date=2001-01-01 --on-missing=stale | Missing required value: wait-for (--on-missing is about it)
          --until=2001-01-04 --from-date=2001-01-01 --wait-for=a --on-missing=skip | Invalid --on-missing: skip (expected fail or stale)
          --until=2001-01-04 --from-date=2001-01-01 --wait-for=a --wait-timeout=PT-1S | Invalid --wait-timeout: PT-1S (expected 0s or more)
          --until=2001-01-04 --from-date=2001-01-01 --wait-for=a --wait-timeout=long | Invalid --wait-timeout: long (expected a number and one of ms, s, m, h, d, such as 1h, or ISO 8601)
          --until=2001-01-04 --from-date=2001-01-01 --wait-for=s3://a/b | Invalid --wait-for: s3://a/b (expected a local path, or a glob of some)
          --until=2001-01-04 --from-date=2001-01-01 --widnow=1h | Invalid option: widnow (did you mean window?)
          """)
  void refusesWhatMakesNoSense(String options, String message) {
    Answer refused = catchUp(options.split(" "));
    assertThat(refused.err(), is(message + "\n"));
    assertThat(refused.code(), is(2));
    assertThat(Files.exists(output), is(false));
  }

  @Test
  void asksUntilWhen() {
    Answer refused = catchUp();
    assertThat(refused.code(), is(2));
    assertThat(refused.err(), startsWith("Missing required option: '--until=DAY'\n"));
  }

  private Answer catchUp(String... more) {
    return Answer.of(arguments("catchup", more));
  }

  /** By a run that another ledger knows. */
  private void publish(String from, String to) {
    Answer run =
        Answer.of(
            "run",
            "ingest",
            Days.input(folder),
            "--contract=" + contract,
            "--output=" + output,
            "--from=" + from,
            "--to=" + to,
            "--runId=" + from);
    assertThat(run.err(), run.code(), is(0));
  }

  private String[] arguments(String verb, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                verb,
                "ingest",
                ledger(),
                Days.input(folder),
                "--contract=" + contract,
                "--output=" + output));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private String ledger() {
    return "--ledger=" + folder.resolve("ledger.db");
  }

  private Optional<Instant> due(String partition) {
    try (Ledger ledger =
        Ledger.open(LedgerLocation.file(folder.resolve("ledger.db")), Clock.systemUTC())) {
      return ledger.publishes().history(output.toString(), "records", partition).stream()
          .findFirst()
          .flatMap(PublishEntry::due);
    }
  }

  private static List<String> states(Answer answer) throws IOException {
    List<String> states = new ArrayList<>();
    for (JsonNode slice : answer.json().path("slices")) {
      states.add(slice.path("from").asText() + " " + slice.path("state").asText());
    }
    return states;
  }
}
