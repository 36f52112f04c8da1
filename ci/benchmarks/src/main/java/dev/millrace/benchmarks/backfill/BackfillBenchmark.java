package dev.millrace.benchmarks.backfill;

import dev.millrace.benchmarks.run.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The demo's two weeks of flights, published as daily slices and by one run, in turns: by the
 * launcher script, as users do, from its start to its end. What both publish must be the same to
 * the byte.
 */
public final class BackfillBenchmark {
  private static final int SLICES = 14;

  private final Path home;
  private final Path folder;
  private final int rounds;
  private final List<Duration> whole = new ArrayList<>();
  private final List<Duration> sliced = new ArrayList<>();

  /**
   * A benchmark.
   *
   * @param benchmarks the folder of the benchmarks, in that of the source
   * @param rounds how many turns each has
   */
  public BackfillBenchmark(Path benchmarks, int rounds) throws IOException {
    this.home = benchmarks.toRealPath().resolve("../..").normalize();
    this.folder = benchmarks.toRealPath().resolve("target/backfill");
    this.rounds = rounds;
  }

  /** Measures and prints the table; returns whether both published the same. */
  @SuppressWarnings("SystemOut") // the table is this program's output
  public boolean run() throws IOException, InterruptedException {
    boolean same = true;
    call("--version");
    for (int round = 1; round <= rounds; round++) {
      Folders.delete(folder);
      Files.createDirectories(folder);
      String ledger = "--ledger=" + folder.resolve("ledger.db");
      whole.add(call(arguments("run", "whole", "--from=2001-01-01", "--to=2001-01-15", ledger)));
      sliced.add(
          call(
              arguments(
                  "backfill create",
                  "sliced",
                  "--from-date=2001-01-01",
                  "--to-date=2001-01-15",
                  ledger)));
      same &= files("whole").equals(files("sliced"));
      System.err.printf(
          Locale.ROOT,
          "%d of %d: one run %.1f s, %d slices %.1f s%n",
          round,
          rounds,
          seconds(whole.get(round - 1)),
          SLICES,
          seconds(sliced.get(round - 1)));
    }
    System.out.print(table());
    System.out.println(same ? "Both published the same files" : "WRONG: the files differ");
    return same;
  }

  private String table() {
    double one = seconds(median(whole));
    double many = seconds(median(sliced));
    return String.format(
        Locale.ROOT,
        """
        | two weeks of flights, median of %d | seconds |
        | --- | --- |
        | one run | %.1f |
        | %d daily slices | %.1f |
        | ratio | %.2f |
        | overhead a slice | %.2f |
        """,
        rounds,
        one,
        SLICES,
        many,
        many / one,
        (many - one) / SLICES);
  }

  private String[] arguments(String verb, String output, String... more) {
    List<String> arguments = new ArrayList<>(List.of(verb.split(" ")));
    arguments.add(home.resolve("testdata/flights/flights.job.yaml").toString());
    arguments.add("--input=" + home.resolve("testdata/flights/{date}.ndjson.gz"));
    arguments.add("--output=" + folder.resolve(output));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private Duration call(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("millrace").toString()));
    command.addAll(List.of(arguments));
    Path log = folder.resolveSibling("backfill.log");
    long start = System.nanoTime();
    int code =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (code != 0) {
      throw new IllegalStateException(
          "%s failed: %s".formatted(String.join(" ", command), Files.readString(log)));
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** The data that readers see, by name. */
  private Map<String, Long> files(String output) throws IOException {
    Map<String, Long> files = new TreeMap<>();
    for (String table : List.of("records", "aggregates")) {
      Path root = folder.resolve(output).resolve(table);
      try (Stream<Path> found = Files.walk(root)) {
        for (Path file : found.filter(path -> path.toString().endsWith(".parquet")).toList()) {
          files.put(table + "/" + root.relativize(file), checksum(file));
        }
      }
    }
    return files;
  }

  private static long checksum(Path file) throws IOException {
    CRC32C checksum = new CRC32C();
    checksum.update(Files.readAllBytes(file));
    return checksum.getValue();
  }

  private static Duration median(List<Duration> durations) {
    return durations.stream().sorted().toList().get(durations.size() / 2);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
