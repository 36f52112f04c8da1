package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.LedgerLocation;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody has to ask for a ledger: the processes that users start, and those that these start. */
@Order(4)
class LedgerByDefaultIT {
  private static final String VARIABLE = "MILLRACE_LEDGER";

  /** Java says on the error output that it has any. */
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
    Answer run = process(project, ingest(output, "--runId=one"));
    assertThat(run.err(), run.code(), is(0));
    Path file = project.resolve(".millrace/ledger.db");
    try (Ledger ledger = Ledger.open(LedgerLocation.file(file), Clock.systemUTC())) {
      RunEntry entry = ledger.runs().find(new RunKey(output.toString(), "one")).orElseThrow();
      assertThat(entry.state(), is(RunState.PUBLISHED));
      assertThat(entry.job(), is("ingest"));
      assertThat(ledger.publishes().current(output.toString()).get(0).runId(), is("one"));
    }

    Files.writeString(file, "not a ledger, and long enough to be seen as none".repeat(100));
    Answer again = process(project, ingest(folder.resolve("other")));
    assertThat(again.code(), is(3));
    assertThat(
        again.err(),
        is(
            "Cannot open ledger %s: it is not a SQLite file: move it away, or name another file (--ledger=FILE)\n"
                .formatted(file)));
    assertThat(Files.exists(folder.resolve("other")), is(false));
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

  private String[] ingest(Path to, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "run",
                "ingest",
                "--contract=" + Flights.CONTRACT,
                "--input=" + folder.resolve("2001-01-*.ndjson"),
                "--output=" + to));
    command.addAll(List.of(more));
    return command.toArray(String[]::new);
  }

  /** In a process, whose environment names no ledger. */
  private Answer process(Path working, String... arguments)
      throws IOException, InterruptedException {
    return process(working, Map.of(), arguments);
  }

  private Answer process(Path working, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(Installed.command(arguments)).directory(working.toFile());
    builder.environment().remove(VARIABLE);
    builder.environment().remove(JAVA_OPTIONS);
    builder.environment().putAll(environment);
    Path err = folder.resolve("err.log");
    Process process = builder.redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), out, Files.readString(err));
  }
}
