package dev.millrace.operate.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.launch.JobSpec;
import dev.millrace.launch.Launcher;
import dev.millrace.launch.RunFailedException;
import dev.millrace.ledger.Counts;
import dev.millrace.ledger.Interval;
import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.LedgerException;
import dev.millrace.ledger.LedgerLocation;
import dev.millrace.ledger.PublishEntry;
import dev.millrace.ledger.RunEntry;
import dev.millrace.ledger.RunKey;
import dev.millrace.ledger.RunProgress;
import dev.millrace.ledger.RunState;
import dev.millrace.operate.publish.PublishRun;
import dev.millrace.operate.publish.ReconcileRun;
import dev.millrace.operate.report.RunReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Real runs of a few flights, whose ledger is real as well. */
@Isolated("counts what the process reads")
final class RecordedRunTest {
  private static final Path CONTRACT =
      Path.of("../../testdata/flights/flights.odcs.yaml").toAbsolutePath().normalize();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
  private static final String FLIGHT =
      """
      {"date":"2001-01-01T00:01:00","delay":14,"distance":549,"origin":"SFO","destination":"SAN"}
      """;

  /** Between looks at how far a run has come, which is told as often. */
  private static final Duration PAUSE = Duration.ofMillis(5);

  @TempDir private Path folder;
  private Ledger ledger;
  private Path output;

  @BeforeEach
  void open() throws IOException {
    output = folder.resolve("out");
    Files.writeString(folder.resolve("2001-01-01.ndjson"), FLIGHT);
    ledger = Ledger.open(LedgerLocation.file(folder.resolve("ledger.db")), CLOCK);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void keepsWhatWasRunCheckedAndPublished() {
    assertThat(run("run-1", Owner.self().toString()).balanced(), is(true));
    RunEntry run = ledger.runs().find(key("run-1")).orElseThrow();
    assertThat(run.state(), is(RunState.PUBLISHED));
    assertThat(run.counts(), is(Optional.of(new Counts(1, 1, 0, 0, 0, 0))));
    assertThat(
        run.slice(),
        is(
            Optional.of(
                new Interval(
                    Instant.parse("2001-01-01T00:00:00Z"),
                    Instant.parse("2001-01-02T00:00:00Z")))));
    assertThat(run.contract() + " " + run.contractVersion(), is("flights 1.0.0"));
    assertThat(RunInputs.parse(run.inputs().orElseThrow()).isPresent(), is(true));
    assertThat(ledger.runs().audit(key("run-1")).isEmpty(), is(false));
    List<PublishEntry> published = ledger.publishes().current(output.toString());
    assertThat(
        published.get(0).table() + "/" + published.get(0).partition(),
        is("aggregates/dt=2001-01-01"));
    assertThat(ledger.leases().of(output.toString()), is(empty()));
  }

  @Test
  void publishesNothingWhenTheLedgerCannotBeWritten() {
    LedgerException failure =
        assertThrows(
            LedgerException.class,
            () ->
                recorded(Owner.self().toString())
                    .execute(
                        "ingest",
                        job("run-1"),
                        "",
                        run -> {
                          breakLedger();
                          return PublishRun.of(run);
                        }));
    assertThat(
        failure.getMessage(),
        startsWith("Cannot write to ledger " + folder.resolve("ledger.db") + ": it is damaged"));
    assertThat(Files.exists(output.resolve("records")), is(false));
    assertThat(Files.exists(output.resolve("_staging/run-1/report.json")), is(true));
  }

  /** As somebody does who takes it for something else. */
  private void breakLedger() {
    try {
      byte[] bytes = Files.readAllBytes(folder.resolve("ledger.db"));
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (i * 31);
      }
      Files.write(folder.resolve("ledger.db"), bytes);
      Files.deleteIfExists(folder.resolve("ledger.db-wal"));
      Files.deleteIfExists(folder.resolve("ledger.db-shm"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void waitsForNobodyWhoseProcessIsGone() throws Exception {
    Process process = new ProcessBuilder("true").start();
    Instant start = process.info().startInstant().orElse(Instant.EPOCH);
    process.waitFor();
    Owner gone = new Owner("ada", Owner.self().host(), process.pid(), start);
    lease("run-1", gone.toString());

    assertThat(run("run-2", Owner.self().toString()).balanced(), is(true));
  }

  @Test
  void keepsAwayFromPartitionsThatOthersAreAt() {
    lease("run-1", "ada@elsewhere process 1 of 2026-01-01T00:00:00Z");
    RunFailedException failure =
        assertThrows(RunFailedException.class, () -> run("run-2", Owner.self().toString()));
    assertThat(
        failure.getMessage(),
        is(
            "Cannot run over dt=2001-01-01 of %s: run run-1 is at it, and was heard of at 2026-01-02T03:04:05Z"
                .formatted(output)));
    assertThat(Files.exists(output.resolve("records")), is(false));
    assertThat(ledger.runs().find(key("run-2")).orElseThrow().state(), is(RunState.FAILED));
  }

  @Test
  void saysHowFarItHasComeWhileItReads() throws Exception {
    writeMegabytes(folder.resolve("2001-01-01.json.gz"));
    JobSpec job = job("run-1").overriding(Map.of("input", folder + "/{date}.json.gz"));
    RecordedRun recorded = recorded(Owner.self().toString()).withHeartbeats(PAUSE);
    CompletableFuture<RunReport> report =
        CompletableFuture.supplyAsync(() -> recorded.execute("ingest", job, "", PublishRun::of));
    NavigableSet<Double> fractions = new TreeSet<>();
    while (!report.isDone()) {
      ledger
          .runs()
          .find(key("run-1"))
          .flatMap(RunEntry::progress)
          .map(RunProgress::fraction)
          .filter(fraction -> fractions.isEmpty() || fraction >= fractions.last())
          .ifPresent(fractions::add);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    assertThat(
        report.get().checks().stream().filter(check -> !check.passed()).toList(), is(empty()));
    assertThat(
        fractions.stream().filter(fraction -> fraction > 0 && fraction < 1).count(),
        greaterThan(1L));
  }

  /** It takes a while to read them: packed, and one array, whose records are to be found first. */
  private static void writeMegabytes(Path file) throws IOException {
    Random random = new Random(7);
    byte[] flight = FLIGHT.strip().getBytes(StandardCharsets.UTF_8);
    byte[] space = new byte[8_000];
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write('[');
      for (int i = 0; i < 2_000; i++) {
        random.nextBytes(space);
        for (int at = 0; at < space.length; at++) {
          space[at] = (byte) (space[at] < 0 ? ' ' : '\t');
        }
        if (i > 0) {
          out.write(',');
        }
        out.write('{');
        out.write(space);
        out.write(flight, 1, flight.length - 1);
      }
      out.write(']');
    }
  }

  @Test
  void takesThePlaceOfARunOfItsIdInTheOutputAlone() {
    assertThat(run("run-1", Owner.self().toString()).balanced(), is(true));
    Path first = output;
    output = folder.resolve("other");
    assertThat(run("run-1", Owner.self().toString()).balanced(), is(true));
    assertThat(run("run-1", Owner.self().toString()).balanced(), is(true));
    assertThat(ledger.runs().of(first.toString()), hasSize(1));
    assertThat(ledger.runs().of(output.toString()), hasSize(1));
    assertThat(
        ledger.publishes().history(output.toString(), "records", "dt=2001-01-01").get(0).runId(),
        is("run-1"));
  }

  @Test
  void refusesAnIdWhoseRunGoesOn() {
    lease("run-1", "ada@elsewhere process 1 of 2026-01-01T00:00:00Z");
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> run("run-1", Owner.self().toString()));
    assertThat(
        refused.getMessage(),
        is(
            "Invalid run: run-1 (expected another id: a run of this one goes on in %s, and was heard of at 2026-01-02T03:04:05Z)"
                .formatted(output)));
    assertThat(ledger.leases().of(output.toString()), hasSize(1));
    assertThat(Files.exists(output), is(false));
  }

  /** A run that has begun, and nobody knows how it goes on. */
  private void lease(String id, String actor) {
    ledger.runs().start(started(id, actor), Optional.empty(), Heartbeat.STALE_AFTER);
    Optional<?> blocker =
        ledger
            .leases()
            .acquire(output.toString(), List.of("dt=2001-01-01"), id, Duration.ofMinutes(1));
    assertThat(blocker.isPresent(), is(false));
  }

  private RunKey key(String run) {
    return new RunKey(output.toString(), run);
  }

  private RunEntry started(String id, String actor) {
    return new RunEntry(
        id,
        "ingest",
        "ingest",
        "1",
        "flights",
        "1.0.0",
        "DirectRunner",
        Optional.empty(),
        output.toString(),
        output.resolve("_staging").resolve(id).toString(),
        RunState.RUNNING,
        actor,
        "",
        CLOCK.instant(),
        CLOCK.instant(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void findsOutWhatBecameOfARunThatWasKilled() throws IOException {
    ledger.runs().start(started("published", "somebody"), Optional.empty(), Heartbeat.STALE_AFTER);
    PublishRun.of(Launcher.create(CLOCK).run(job("published"))).execute();
    RunEntry published = ledger.runs().find(key("published")).orElseThrow();
    assertThat(ReconcileRun.in(ledger, CLOCK).execute(published), is(true));
    assertThat(ledger.runs().find(key("published")).orElseThrow().state(), is(RunState.PUBLISHED));
    assertThat(ledger.publishes().current(output.toString()), hasSize(2));
    assertThat(ReconcileRun.in(ledger, CLOCK).execute(published), is(true));
    assertThat(
        ledger.publishes().history(output.toString(), "records", "dt=2001-01-01"), hasSize(1));

    ledger.runs().start(started("killed", "somebody"), Optional.empty(), Heartbeat.STALE_AFTER);
    Files.createDirectories(output.resolve("_staging/killed/records"));
    RunEntry killed = ledger.runs().find(key("killed")).orElseThrow();
    assertThat(ReconcileRun.in(ledger, CLOCK).execute(killed), is(false));
    assertThat(ledger.runs().find(key("killed")).orElseThrow().state(), is(RunState.FAILED));
    assertThat(Files.exists(output.resolve("_staging/killed")), is(false));
  }

  private RunReport run(String id, String actor) {
    return recorded(actor).execute("ingest", job(id), "", PublishRun::of);
  }

  private RecordedRun recorded(String actor) {
    return RecordedRun.with(Launcher.create(CLOCK), ledger, CLOCK, actor);
  }

  private JobSpec job(String id) {
    return JobSpec.of("ingest")
        .withArguments(
            new ArrayList<>(
                List.of(
                    "--input=" + folder.resolve("{date}.ndjson"),
                    "--contract=" + CONTRACT,
                    "--output=" + output,
                    "--from=2001-01-01",
                    "--to=2001-01-02",
                    "--aggregate=count",
                    "--runId=" + id)));
  }
}
