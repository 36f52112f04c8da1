package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.LedgerLocation;
import dev.millrace.ledger.PublishAction;
import dev.millrace.ledger.RunEntry;
import dev.millrace.ledger.RunKey;
import dev.millrace.ledger.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody has to ask for a ledger. */
class LedgerByDefaultTest {
  private static final String VARIABLE = "MILLRACE_LEDGER";

  @TempDir Path folder;
  private Path output;

  @BeforeEach
  void write() throws IOException {
    output = folder.resolve("out");
    Days.write(folder, 2, 10);
  }

  @Test
  void keepsTheLedgerThatTheEnvironmentNames() throws IOException {
    Path file = Path.of(System.getenv(VARIABLE));
    assertThat(Answer.of(ingest("--runId=one", "--into=staging-only")).code(), is(0));
    assertThat(found(file, "one").orElseThrow().state(), is(RunState.STAGED));
    Answer published = Answer.of("publish", "one", "--output=" + output);
    assertThat(published.err(), published.code(), is(0));
    assertThat(found(file, "one").orElseThrow().state(), is(RunState.PUBLISHED));

    assertThat(Answer.of(ingest("--runId=two")).code(), is(0));
    Answer back = Answer.of("rollback", "dt=2001-01-01", "--output=" + output);
    assertThat(back.err(), back.code(), is(0));
    try (Ledger ledger = Ledger.open(LedgerLocation.file(file), Clock.systemUTC())) {
      assertThat(
          ledger.publishes().history(output.toString(), "records", "dt=2001-01-01").stream()
              .map(entry -> entry.action() + " " + entry.runId())
              .toList(),
          is(
              List.of(
                  PublishAction.ROLLBACK + " one",
                  PublishAction.PUBLISH + " two",
                  PublishAction.PUBLISH + " one")));
    }
  }

  @Test
  void takesARunOfTheSameIdForAnotherAttemptOfIt() {
    for (int attempt = 1; attempt <= 2; attempt++) {
      Answer run = Answer.of(ingest("--runId=one"));
      assertThat(run.err(), run.code(), is(0));
    }
    Answer elsewhere = Answer.of(ingest("--runId=one", "--output=" + folder.resolve("other")));
    assertThat(elsewhere.err(), elsewhere.code(), is(0));
  }

  /** Below {@code /proc} nobody may make a file, whatever they may do elsewhere. */
  @Test
  void failsBeforeItWaitsOrReadsWhereNoLedgerCanBe() {
    String never = "--wait-for=" + folder.resolve("never");
    Answer answer = Answer.of(ingest("--ledger=/proc/ledger.db", never, "--wait-timeout=1h"));
    assertThat(answer.code(), is(3));
    assertThat(answer.err(), startsWith("Cannot open ledger /proc/ledger.db: "));
    assertThat(answer.err(), endsWith("or name a file elsewhere (--ledger=FILE)\n"));
    assertThat(answer.err().lines().count(), is(1L));
    assertThat(Files.exists(output), is(false));
  }

  @Test
  void publishesAndRollsBackNothingWhereTheLedgerIsDamaged() throws IOException {
    assertThat(Answer.of(ingest("--runId=one")).code(), is(0));
    assertThat(Answer.of(ingest("--runId=two", "--into=staging-only")).code(), is(0));
    Path file = Files.writeString(folder.resolve("ledger.db"), "neither is this".repeat(500));
    for (List<String> verb :
        List.of(List.of("publish", "two"), List.of("rollback", "dt=2001-01-01"))) {
      List<String> command = new ArrayList<>(verb);
      command.add("--output=" + output);
      command.add("--ledger=" + file);
      Answer answer = Answer.of(command.toArray(String[]::new));
      assertThat(answer.code(), is(3));
      assertThat(answer.err(), startsWith("Cannot open ledger %s: ".formatted(file)));
    }
    assertThat(
        Files.readString(output.resolve("records/dt=2001-01-01/_manifest.json")),
        containsString("\"run\": \"one\""));
  }

  @Test
  void makesNoneToReadIt() {
    Path file = folder.resolve("ledger.db");
    String ledger = "--ledger=" + file;
    Answer list = Answer.of("backfill", "list", ledger);
    assertThat(list.code(), is(0));
    assertThat(list.out(), is("There are no backfills in this ledger\n"));
    Answer show = Answer.of("backfill", "show", "some", ledger);
    assertThat(show.code(), is(2));
    assertThat(
        show.err(), is("Cannot find ledger %s (--ledger=FILE names another)\n".formatted(file)));
    List<String> status = new ArrayList<>(List.of(ingest(ledger)));
    status.set(0, "status");
    assertThat(Answer.of(status.toArray(String[]::new)).code(), is(0));
    List<String> plan = new ArrayList<>(List.of(ingest(ledger, "--dry-run")));
    plan.set(0, "backfill");
    plan.add(1, "create");
    plan.addAll(List.of("--from-date=2001-01-01", "--to-date=2001-01-03"));
    Answer planned = Answer.of(plan.toArray(String[]::new));
    assertThat(planned.err(), planned.code(), is(0));
    assertThat(planned.out(), containsString("2 of 2 slices would be run"));
    assertThat(Files.exists(file), is(false));
  }

  private Optional<RunEntry> found(Path file, String run) {
    try (Ledger ledger = Ledger.open(LedgerLocation.file(file), Clock.systemUTC())) {
      return ledger.runs().find(new RunKey(output.toString(), run));
    }
  }

  private String[] ingest(String... more) {
    List<String> command = new ArrayList<>(List.of("run", "ingest"));
    List<String> all = List.of(more);
    command.add("--contract=" + Flights.CONTRACT);
    command.add("--input=" + folder.resolve("2001-01-*.ndjson"));
    if (all.stream().noneMatch(each -> each.startsWith("--output="))) {
      command.add("--output=" + output);
    }
    command.addAll(all);
    return command.toArray(String[]::new);
  }
}
