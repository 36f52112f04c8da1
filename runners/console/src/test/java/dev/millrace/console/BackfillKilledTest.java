package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two weeks of flights, whose backfill is killed on the way. */
class BackfillKilledTest {
  private static final String JOB = Days.FLIGHTS.resolve("flights.job.yaml").toString();
  private static final String INPUT = "--input=" + Days.FLIGHTS.resolve("{date}.ndjson.gz");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  @Test
  void goesOnToWhatOneRunOverAllOfItPublishes() throws Exception {
    String ledger = "--ledger=" + folder.resolve("ledger.db");
    Path sliced = folder.resolve("sliced");
    killOnTheWay(ledger, sliced);
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
    assertThat(nothing.out(), containsString("0 of 14 slices would be run; nothing was\n"));

    Path whole = folder.resolve("whole");
    Answer run =
        Answer.of("run", JOB, INPUT, "--output=" + whole, "--from=2001-01-01", "--to=2001-01-15");
    assertThat(run.err(), run.code(), is(0));
    assertThat(checksums(sliced), is(checksums(whole)));
    assertThat(checksums(whole).size(), is(28));
    try (Stream<Path> staged = Files.list(sliced.resolve("_staging"))) {
      assertThat(staged.filter(Files::isDirectory).toList(), is(List.of()));
    }
  }

  /** Before it has ended there is something that is published, and something that is not. */
  private void killOnTheWay(String ledger, Path output) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Millrace.class.getName()));
    command.addAll(List.of(arguments(ledger, output, "--max-active-runs=2")));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out.log").toFile())
            .redirectError(folder.resolve("err.log").toFile())
            .start();
    List<ProcessHandle> workers = List.of();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (markers(output) < 3) {
      assertThat(Files.readString(folder.resolve("err.log")), process.isAlive(), is(true));
      assertThat("it gets on", System.nanoTime() < deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      workers = process.children().toList();
    }
    process.destroyForcibly().waitFor();
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
                "--to-date=2001-01-15"));
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
