package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A week of flights: a backfill that is killed on the way, and then a change of mind. */
@Order(2)
class BackfillKilledIT {
  private static final String JOB = Days.FLIGHTS.resolve("flights.job.yaml").toString();
  private static final String INPUT = "--input=" + Days.FLIGHTS.resolve("{date}.ndjson.gz");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  @BeforeAll
  static void startInstalledWorkers() {
    Installed.startsWorkers();
  }

  @Test
  void goesOnToWhatOneRunOverAllOfItPublishes() throws Exception {
    String ledger = "--ledger=" + folder.resolve("ledger.db");
    Path sliced = folder.resolve("sliced");
    endOnTheWay(
        Process::destroyForcibly, sliced, 3, arguments(ledger, sliced, "--max-active-runs=2"));
    long published = markers(sliced);

    JsonNode backfill =
        Answer.of("backfill", "list", ledger, "--json").json().path("backfills").path(0);
    assertThat(backfill.path("state").asText(), is("running"));
    String id = backfill.path("backfill").asText();
    Answer resumed = Answer.of("backfill", "resume", id, ledger, "--json");
    assertThat(resumed.err(), resumed.code(), is(0));
    assertThat(resumed.json().path("state").asText(), is("done"));
    assertThat("some were published before", published, is(ranOnlyOnceAndEarly(resumed)));
    Answer nothing = create(ledger, sliced, "--dry-run");
    assertThat(nothing.out(), containsString("0 of 7 slices would be run; nothing was\n"));

    Path whole = folder.resolve("whole");
    Answer run =
        Answer.of("run", JOB, INPUT, "--output=" + whole, "--from=2001-01-01", "--to=2001-01-08");
    assertThat(run.err(), run.code(), is(0));
    assertThat(checksums(sliced), is(checksums(whole)));
    assertThat(checksums(whole).size(), is(14));
    try (Stream<Path> staged = Files.list(sliced.resolve("_staging"))) {
      assertThat(staged.filter(Files::isDirectory).toList(), is(List.of()));
    }
    assertThatAStricterContractCanBeComparedPublishedAndUndone(ledger, sliced);
    assertThat(checksums(sliced), is(checksums(whole)));
  }

  /**
   * As by Ctrl-C: it has time to say something, and must not say that what ran has failed. However
   * fast it is, it isn't done before: it waits for the input of its last day.
   */
  @Test
  void leavesToTheNextWhatRanWhenItWasInterrupted() throws Exception {
    String ledger = "--ledger=" + folder.resolve("ledger.db");
    Path output = folder.resolve("out");
    Days.write(folder, 6, 20);
    String[] arguments = {
      "backfill",
      "create",
      "ingest",
      ledger,
      Days.input(folder),
      "--contract=" + Days.FLIGHTS.resolve("flights.odcs.yaml"),
      "--output=" + output,
      "--from-date=2001-01-01",
      "--to-date=2001-01-08",
      "--wait-for=" + folder.resolve("{date}.ndjson")
    };
    endOnTheWay(Process::destroy, output, 1, arguments);
    Days.writeDay(folder, 7, 20);

    JsonNode backfill =
        Answer.of("backfill", "list", ledger, "--json").json().path("backfills").path(0);
    assertThat(backfill.path("state").asText(), is("running"));
    String id = backfill.path("backfill").asText();
    Answer resumed = Answer.of("backfill", "resume", id, ledger, "--json");
    assertThat(resumed.err(), resumed.code(), is(0));
    assertThat(markers(output), is(7L));
  }

  private void assertThatAStricterContractCanBeComparedPublishedAndUndone(
      String ledger, Path output) throws IOException {
    Path contract = folder.resolve("strict.odcs.yaml");
    String yaml = Files.readString(Days.FLIGHTS.resolve("flights.odcs.yaml"));
    Files.writeString(contract, yaml.replace("maximum: 720", "maximum: 300"));
    Answer staged =
        Answer.of(
            "run",
            JOB,
            INPUT,
            ledger,
            "--contract=" + contract,
            "--output=" + output,
            "--from=2001-01-03",
            "--to=2001-01-06",
            "--runId=strict",
            "--into=staging-only");
    assertThat(staged.err(), staged.code(), is(0));

    long affected = 0;
    for (int day = 3; day <= 5; day++) {
      affected += Days.withDelayBetween(day, 300, 720);
    }
    assertThat(affected, greaterThan(0L));
    JsonNode diff =
        Answer.of("publish", "diff", "strict", "--output=" + output, "--json", "--samples=100")
            .json();
    assertThat(diff.path("removed").asLong(), is(affected));
    assertThat(diff.path("added").asLong(), is(0L));
    for (JsonNode sample : diff.path("samples").path("removed")) {
      assertThat(sample.path("row").path("delay").asInt(), greaterThan(300));
    }

    Map<String, String> before = checksums(output);
    Answer published = Answer.of("publish", "strict", "--output=" + output, ledger);
    assertThat(published.err(), published.code(), is(0));
    Map<String, String> after = checksums(output);
    before.keySet().removeIf(file -> before.get(file).equals(after.get(file)));
    assertThat(
        before.keySet().stream().filter(file -> file.startsWith("records")).toList(),
        is(
            Stream.of("03", "04", "05")
                .map("records/dt=2001-01-%s/part-00000.parquet"::formatted)
                .toList()));
    assertThat(
        create(ledger, output, "--dry-run").out(),
        containsString("2001-01-04           run   published by strict; not as this slice\n"));
    for (String day : List.of("03", "04", "05")) {
      Answer back = Answer.of("rollback", "dt=2001-01-" + day, "--output=" + output, ledger);
      assertThat(back.err(), back.code(), is(0));
    }
  }

  /** Before it has ended there is something that is published, and something that is not. */
  private void endOnTheWay(Consumer<Process> end, Path output, int published, String... arguments)
      throws Exception {
    Process process =
        new ProcessBuilder(Installed.command(arguments))
            .redirectOutput(folder.resolve("out.log").toFile())
            .redirectError(folder.resolve("err.log").toFile())
            .start();
    List<ProcessHandle> workers = List.of();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (markers(output) < published) {
      assertThat(Files.readString(folder.resolve("err.log")), process.isAlive(), is(true));
      assertThat("it gets on", System.nanoTime() < deadline);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      workers = process.children().toList();
    }
    end.accept(process);
    process.waitFor();
    for (ProcessHandle worker : workers) {
      worker.onExit().get();
    }
  }

  private static Answer create(String ledger, Path output, String... more) {
    return Answer.of(arguments(ledger, output, more));
  }

  private static String[] arguments(String ledger, Path output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "backfill",
                "create",
                JOB,
                ledger,
                INPUT,
                "--output=" + output,
                "--from-date=2001-01-01",
                "--to-date=2001-01-08"));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private static long markers(Path output) throws IOException {
    Path records = output.resolve("records");
    if (!Files.exists(records)) {
      return 0;
    }
    try (Stream<Path> partitions = Files.list(records)) {
      return partitions.filter(partition -> Files.exists(partition.resolve("_SUCCESS"))).count();
    }
  }

  /** How many slices had been published when it was killed: those that weren't tried again. */
  private static long ranOnlyOnceAndEarly(Answer resumed) throws IOException {
    long kept = 0;
    for (JsonNode slice : resumed.json().path("slices")) {
      assertThat(slice.path("state").asText(), is("published"));
      boolean early = !resumed.err().contains(slice.path("from").asText() + " published");
      kept += early ? 1 : 0;
    }
    return kept;
  }

  /** The files of all published partitions, as their manifests list them. */
  private static Map<String, String> checksums(Path output) throws IOException {
    Map<String, String> checksums = new TreeMap<>();
    for (String table : List.of("records", "aggregates", "late")) {
      Path folder = output.resolve(table);
      if (!Files.exists(folder)) {
        continue;
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(path -> path.endsWith("_manifest.json")).toList()) {
          Path partition = file.getParent();
          for (JsonNode entry : new ObjectMapper().readTree(file.toFile()).path("files")) {
            Path data = partition.resolve(entry.path("name").asText());
            assertThat(Files.size(data), is(entry.path("bytes").asLong()));
            checksums.put(output.relativize(data).toString(), entry.path("sha256").asText());
          }
        }
      }
    }
    return checksums;
  }
}
