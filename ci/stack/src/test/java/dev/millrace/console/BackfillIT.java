package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.LedgerLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backfills of a few small days, whose slices run in real worker processes. */
@Order(3)
class BackfillIT {
  private static final String CONTRACT = Days.FLIGHTS.resolve("flights.odcs.yaml").toString();

  @TempDir Path folder;
  private String ledger;

  @BeforeAll
  static void startInstalledWorkers() {
    Installed.startsWorkers();
  }

  @BeforeEach
  void writeDays() throws IOException {
    ledger = "--ledger=" + folder.resolve("ledger.db");
    Days.write(folder, 3, 20);
  }

  @Test
  void runsWhatIsMissingOrHasChangedAndSaysWhy() throws IOException {
    Answer planned = create("--dry-run");
    assertThat(planned.err(), planned.code(), is(0));
    assertThat(
        planned.out(),
        is(
            """
            2001-01-01           run   not published
            2001-01-02           run   not published
            2001-01-03           run   not published
            3 of 3 slices would be run; nothing was
            """));
    assertThat(Files.exists(folder.resolve("out")), is(false));

    Answer first = create("--json");
    assertThat(first.err(), first.code(), is(0));
    assertThat(first.json().path("state").asText(), is("done"));
    assertThat(states(first), contains("published", "published", "published"));
    assertThat(first.json().path("slices").path(0).path("published").asLong(), is(20L));

    Days.writeDay(folder, 2, 21);
    Answer second = create("--json");
    assertThat(states(second), contains("skipped", "published", "skipped"));
    assertThat(
        second.json().path("slices").path(1).path("note").asText(),
        is("published by %s; its input files have changed".formatted(runOf(first, 1))));
    assertThat(
        second.json().path("slices").path(0).path("note").asText(),
        is("published by %s, and nothing has changed since".formatted(runOf(first, 0))));
    assertThat(rows("2001-01-02"), is(21L));

    Answer all = create("--dry-run", "--reprocess-behavior=completed");
    assertThat(
        all.out(),
        startsWith(
            "2001-01-01           run   published by %s, and to be run again\n"
                .formatted(runOf(first, 0))));
    Answer other = create("--dry-run", "--aggregate=count");
    assertThat(
        other.out(),
        startsWith(
            "2001-01-01           run   published by %s; its options have changed\n"
                .formatted(runOf(first, 0))));
  }

  @Test
  void goesOnAfterASliceThatFailsAndRetriesIt() throws IOException {
    Files.writeString(folder.resolve("2001-01-02.ndjson"), "not a flight\n");
    Answer created = create("--json", "--maxRejectedPercent=10");
    assertThat(created.code(), is(1));
    assertThat(created.json().path("state").asText(), is("failed"));
    assertThat(states(created), contains("published", "failed", "published"));
    assertThat(
        created.json().path("slices").path(1).path("note").asText(),
        containsString("100 % of the records were rejected, and at most 10 % are allowed"));

    Answer again = create("--dry-run", "--maxRejectedPercent=10");
    assertThat(
        again.out(),
        containsString(
            "2001-01-02           skip  run %s has failed (--reprocess-behavior failed repeats it)\n"
                .formatted(runOf(created, 1))));
    Answer failed = create("--dry-run", "--maxRejectedPercent=10", "--reprocess-behavior=failed");
    assertThat(
        failed.out(),
        containsString(
            "2001-01-02           run   not published, run %s has failed\n"
                .formatted(runOf(created, 1))));

    Days.writeDay(folder, 2, 5);
    String id = created.json().path("backfill").asText();
    Answer retried = Answer.of("backfill", "retry", id, ledger);
    assertThat(retried.err(), retried.code(), is(0));
    assertThat(
        retried.out(),
        is(
            """
            Backfill %1$s runs 1 of 3 slices, 1 at a time
            Backfill %1$s is done: 3 published
            """
                .formatted(id)));
    assertThat(retried.err(), is("2001-01-02 published (1 of 1)\n"));
    assertThat(rows("2001-01-02"), is(5L));
    Answer shown = Answer.of("backfill", "show", id, ledger);
    assertThat(shown.out(), startsWith(id + "  done\n"));
    assertThat(Answer.of("backfill", "list", ledger).out(), startsWith(id));
  }

  @Test
  void publishesEmptyPartitionsOnlyIfAllowed() throws IOException {
    Files.delete(folder.resolve("2001-01-02.ndjson"));
    Answer refused = create();
    assertThat(refused.code(), is(2));
    assertThat(
        refused.err(),
        is(
            "Cannot run slice 2001-01-02: Cannot find input: %s does not exist (--allowEmpty publishes the slice without it)\n"
                .formatted(folder.resolve("2001-01-02.ndjson"))));
    assertThat(Files.exists(folder.resolve("out")), is(false));

    Answer allowed = create("--allowEmpty", "--json");
    assertThat(allowed.err(), allowed.code(), is(0));
    assertThat(states(allowed), contains("published", "published", "published"));
    assertThat(rows("2001-01-02"), is(0L));
    assertThat(Files.exists(folder.resolve("out/records/dt=2001-01-02/_SUCCESS")), is(true));
  }

  @Test
  void endsASliceThatTakesTooLong() throws IOException {
    Answer created =
        Answer.of(
            arguments(
                "--partitions=2001-01-01", "--timeout=1s", "--json", "--targetParallelism=1"));
    // A worker needs longer than this to start.
    assertThat(created.code(), is(1));
    assertThat(states(created), contains("failed"));
    assertThat(
        created.json().path("slices").path(0).path("note").asText(), is("it took longer than 1s"));
    assertThat(Files.exists(folder.resolve("out/records")), is(false));
  }

  @Test
  void pausesAndGoesOnAndIsCancelled() throws Exception {
    CompletableFuture<Answer> paused = CompletableFuture.supplyAsync(this::create);
    String id = awaitSlice("running");
    Answer other = create();
    assertThat(other.code(), is(2));
    assertThat(
        other.err(),
        endsWith(
            "backfill %s goes on, and has the slice [2001-01-01T00:00:00Z, 2001-01-02T00:00:00Z): wait for it, or cancel it\n"
                .formatted(id)));
    Answer pause = Answer.of("backfill", "pause", id, ledger);
    assertThat(pause.err(), pause.code(), is(0));
    assertThat(paused.get().code(), is(0));
    assertThat(paused.get().out(), endsWith("millrace backfill resume %s goes on\n".formatted(id)));
    assertThat(states(show(id)), contains("published", "planned", "planned"));

    CompletableFuture<Answer> resumed =
        CompletableFuture.supplyAsync(() -> Answer.of("backfill", "resume", id, ledger));
    awaitSlice("running");
    Answer taken = Answer.of("backfill", "resume", id, ledger);
    assertThat(taken.code(), is(2));
    assertThat(taken.err(), startsWith("Cannot resume backfill %s: ".formatted(id)));
    Answer cancel = Answer.of("backfill", "cancel", id, ledger);
    assertThat(cancel.out(), is("Cancelled %s\n".formatted(id)));
    assertThat(resumed.get().code(), is(1));
    assertThat(states(show(id)), contains("published", "cancelled", "cancelled"));
    assertThat(Files.exists(folder.resolve("out/records/dt=2001-01-02")), is(false));
    Answer over = Answer.of("backfill", "resume", id, ledger);
    assertThat(over.err(), is("Cannot resume backfill %s: it was cancelled\n".formatted(id)));
  }

  private Answer show(String id) {
    return Answer.of("backfill", "show", id, ledger, "--json");
  }

  /** Until a slice of the one backfill is so far; returns the id of that. */
  private String awaitSlice(String state) throws IOException {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (true) {
      assertThat("it gets on", System.nanoTime() < deadline);
      JsonNode backfills = Answer.of("backfill", "list", ledger, "--json").json().path("backfills");
      if (!backfills.isEmpty()) {
        String id = backfills.path(0).path("backfill").asText();
        if (states(show(id)).contains(state)) {
          return id;
        }
      }
      LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --from-date=2001-01-03 --to-date=2001-01-01 | Invalid --to-date: 2001-01-01 (expected after --from-date=2001-01-03: it is the end, and not in it)
          --from-date=soon --to-date=2001-01-01 | Invalid --from-date: soon (expected a UTC day such as 2001-01-15, or an instant such as 2001-01-15T06:00:00Z)
          --from-date=2001-01-01 | Missing required value: to-date (or partitions)
          --partitions=dt=2001-01-01,x | Invalid --partitions: x (expected UTC days such as 2001-01-15, separated by commas)
          --partitions=2001-01-01 --to-date=2001-01-02 | Invalid --partitions: 2001-01-01 (expected without --from-date and --to-date)
          --from-date=2001-01-01 --to-date=2001-01-02 --interval=5h | Invalid --interval: 5h (expected days such as 1d, or hours that divide a day such as 6h)
          --from-date=2001-01-01 --to-date=2001-01-04 --interval=2d | Invalid --to-date: 2001-01-04 (expected whole slices of 2d from 2001-01-01 on)
          --partitions=2001-01-01 --max-active-runs=0 | Invalid --max-active-runs: 0 (expected 1 or more)
          --partitions=2001-01-01 --reprocess-behavior=all | Invalid --reprocess-behavior: all (expected none, failed, completed)
          --partitions=2001-01-01 --timeout=long | Invalid --timeout: long (expected a time such as 90s, 30m or 2h)
          --partitions=2001-01-01 --interval=1h --from-date=2001-01-01 | Invalid --partitions: 2001-01-01 (expected without --from-date and --to-date)
          """)
  void refusesWhatMakesNoSense(String options, String message) {
    Answer refused = Answer.of(arguments(options.split(" ")));
    assertThat(refused.err(), is(message + "\n"));
    assertThat(refused.code(), is(2));
    assertThat(Files.exists(folder.resolve("out")), is(false));
  }

  @Test
  void refusesWhatIsUnknown() {
    Ledger.open(LedgerLocation.file(folder.resolve("ledger.db")), Clock.systemUTC()).close();
    Answer unknown = Answer.of("backfill", "resume", "nothing", ledger);
    assertThat(unknown.code(), is(2));
    assertThat(unknown.err(), is("Cannot find backfill nothing (see: millrace backfill list)\n"));
    Answer pipeline =
        Answer.of(
            "backfill", "create", "nonesuch", "--partitions=2001-01-01", ledger, "--output=x");
    assertThat(pipeline.code(), is(2));
    assertThat(pipeline.err(), startsWith("Cannot find pipeline nonesuch"));
    assertThat(
        Answer.of("backfill", "list", ledger).out(), is("There are no backfills in this ledger\n"));
  }

  private Answer create(String... more) {
    List<String> range = new ArrayList<>(List.of("--from-date=2001-01-01", "--to-date=2001-01-04"));
    range.addAll(List.of(more));
    return Answer.of(arguments(range.toArray(String[]::new)));
  }

  private String[] arguments(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "backfill",
                "create",
                "ingest",
                ledger,
                Days.input(folder),
                "--contract=" + CONTRACT,
                "--output=" + folder.resolve("out")));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private static List<String> states(Answer answer) throws IOException {
    List<String> states = new ArrayList<>();
    for (JsonNode slice : answer.json().path("slices")) {
      states.add(slice.path("state").asText());
    }
    return states;
  }

  private static String runOf(Answer answer, int slice) throws IOException {
    return answer.json().path("slices").path(slice).path("runId").asText();
  }

  private long rows(String date) throws IOException {
    Path manifest = folder.resolve("out/records/dt=%s/_manifest.json".formatted(date));
    return new ObjectMapper().readTree(manifest.toFile()).path("rows").asLong();
  }
}
