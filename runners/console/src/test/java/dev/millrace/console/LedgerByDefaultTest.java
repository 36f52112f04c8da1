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
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody has to ask for a ledger. */
class LedgerByDefaultTest {
  private static final String VARIABLE = "MILLRACE_LEDGER";

  /**
   * Of workers, and of all that a backfill starts: Java says on the error output that it has any.
   */
  private static final String JAVA_OPTIONS = "JDK_JAVA_OPTIONS";

  @TempDir Path folder;
  private Path output;

  @BeforeEach
  void write() throws IOException {
    output = folder.resolve("out");
    Days.write(folder, 2, 10);
  }

  @Test
  void remembersARunInTheWorkingFolder() throws Exception {
    Path project = Files.createDirectory(folder.resolve("project"));
    Answer run = process(project, ingest("--from=2001-01-01", "--to=2001-01-02", "--runId=one"));
    assertThat(run.err(), run.code(), is(0));
    Path file = project.resolve(".millrace/ledger.db");
    RunEntry entry = found(file, "one").orElseThrow();
    assertThat(entry.state(), is(RunState.PUBLISHED));
    assertThat(entry.job(), is("ingest"));
    try (Ledger ledger = Ledger.open(LedgerLocation.file(file), Clock.systemUTC())) {
      assertThat(ledger.publishes().current(output.toString()).get(0).runId(), is("one"));
    }

    Files.writeString(file, "not a ledger, and long enough to be seen as none".repeat(100));
    Answer again = process(project, ingest("--output=" + folder.resolve("other")));
    assertThat(again.code(), is(3));
    assertThat(
        again.err(),
        is(
            "Cannot open ledger %s: it is not a SQLite file: move it away, or name another file (--ledger=FILE)\n"
                .formatted(file)));
    assertThat(Files.exists(folder.resolve("other")), is(false));
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
  void sharesTheDatabaseThatTheEnvironmentNamesWithItsWorkers() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
      String url = "jdbc:postgresql://127.0.0.1:%s/postgres".formatted(postgres.getPort());
      Map<String, String> environment =
          Map.of(
              JAVA_OPTIONS,
              System.getenv().getOrDefault(JAVA_OPTIONS, ""),
              VARIABLE,
              url,
              "MILLRACE_LEDGER_USER",
              "postgres",
              "MILLRACE_LEDGER_PASSWORD",
              "env:SECRET",
              "SECRET",
              "not asked for");
      String[] command = {
        "backfill",
        "create",
        "ingest",
        Days.input(folder),
        "--contract=" + Flights.CONTRACT,
        "--output=" + output,
        "--partitions=2001-01-02",
        "--json"
      };
      Answer backfill = process(folder, environment, command);
      assertThat(backfill.err(), backfill.code(), is(0));
      LedgerLocation shared = LedgerLocation.url(url).withUser("postgres");
      try (Ledger ledger = Ledger.open(shared, Clock.systemUTC())) {
        assertThat(
            ledger.runs().of(output.toString()).stream().map(RunEntry::state).toList(),
            is(List.of(RunState.PUBLISHED)));
      }
      assertThat(Files.exists(folder.resolve(".millrace")), is(false));
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
    boolean sliced = all.stream().anyMatch(each -> each.startsWith("--from="));
    command.add("--contract=" + Flights.CONTRACT);
    command.add(sliced ? Days.input(folder) : "--input=" + folder.resolve("2001-01-*.ndjson"));
    if (all.stream().noneMatch(each -> each.startsWith("--output="))) {
      command.add("--output=" + output);
    }
    command.addAll(all);
    return command.toArray(String[]::new);
  }

  /** In a process, whose environment names no ledger. */
  private Answer process(Path working, String... arguments)
      throws IOException, InterruptedException {
    return process(working, Map.of(), arguments);
  }

  private Answer process(Path working, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Millrace.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(working.toFile());
    builder.environment().remove(VARIABLE);
    builder.environment().remove(JAVA_OPTIONS);
    builder.environment().putAll(environment);
    Path err = folder.resolve("err.log");
    Process process = builder.redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), out, Files.readString(err));
  }
}
