package dev.millrace.benchmarks;

import dev.millrace.benchmarks.backfill.BackfillBenchmark;
import dev.millrace.benchmarks.events.Skew;
import dev.millrace.benchmarks.flights.FlightSource;
import dev.millrace.benchmarks.run.State;
import dev.millrace.benchmarks.scale.ScaleBenchmark;
import dev.millrace.benchmarks.startup.StartupBenchmark;
import dev.millrace.benchmarks.stream.StreamBenchmark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command: prepares the workload, gives the contenders their turns and prints the table. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Measures what a row or a message costs in each contender.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all outputs are right",
      "1:an output is wrong, or a cost grows faster than in a straight line",
      "2:wrong usage",
      "3:a contender failed"
    })
final class Benchmark implements Callable<Integer> {
  /** A curve of fewer rows would have one point. */
  private static final long LEAST_SCALE = 300_000;

  @Spec private CommandSpec spec;

  /** What is measured. */
  enum Workload {
    BATCH,
    FLIGHTS,
    STREAMING,
    BACKFILL,
    STARTUP,
    SCALE
  }

  @Option(
      names = "--workload",
      description =
          "files of events or flights, a topic, dated slices, how long a start takes, how cost"
              + " grows: ${COMPLETION-CANDIDATES}"
              + " (${DEFAULT-VALUE})")
  private Workload workload = Workload.BATCH;

  @Option(names = "--events", description = "streaming: messages of the backlog (${DEFAULT-VALUE})")
  private long events = 1_000_000;

  @Option(
      names = "--rate",
      description = "streaming: messages a second, where latency is measured (${DEFAULT-VALUE})")
  private long rate = 10_000;

  @Option(
      names = "--state",
      description =
          "streaming: where jobs have their state: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
  private State state = State.ROCKSDB;

  @Option(names = "--rows", description = "batch, flights: rows of input (${DEFAULT-VALUE})")
  private long rows = 3_000_000;

  @Option(
      names = "--rounds",
      description = "cold runs of each contender; else: turns (${DEFAULT-VALUE})")
  private int rounds = 3;

  @Option(
      names = "--warm",
      description =
          "batch, flights, scale: repetitions in one process; the first isn't counted as warm"
              + " (${DEFAULT-VALUE})")
  private int warm = 4;

  @Option(
      names = "--only",
      split = ",",
      description =
          "contenders, or all of them. Streaming: native, flink-sql, kafka-streams, millrace"
              + " (native, millrace). Flights: native, native-heap, duckdb, millrace,"
              + " millrace-direct (native, millrace). Batch: these, native-expert, beam, flink-sql,"
              + " spark, limit-read, limit-parse, limit-hash, limit-parquet (native, millrace)")
  private List<String> only = List.of();

  @Option(
      names = "--skew",
      description =
          "batch: what 80 %% of the rows have in common: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
  private Skew skew = Skew.NONE;

  @Option(
      names = "--largest",
      description =
          "scale: the most rows of an input, up to 30 million, which take 12 GB (${DEFAULT-VALUE})")
  private long largest = 3_000_000;

  @Option(
      names = "--flights",
      paramLabel = "FILE.parquet|FOLDER",
      description = "flights: where they are; without it, npm fetches them into target/")
  private Path flights;

  @Option(names = "--home", description = "the folder of the benchmarks", hidden = true)
  private Path home = Path.of("ci", "benchmarks");

  public static void main(String[] args) {
    CommandLine command =
        new CommandLine(new Benchmark()).setCaseInsensitiveEnumValuesAllowed(true);
    command.setExecutionExceptionHandler(
        (e, line, parsed) -> {
          System.err.println(e.getMessage());
          return 3;
        });
    System.exit(command.execute(args));
  }

  @Override
  public Integer call() throws Exception {
    return switch (workload) {
      case BATCH -> race(Dataset.events(target(), skew), target(), Contenders.ofEvents(home));
      case FLIGHTS ->
          race(
              Dataset.flights(source(), target()),
              target().resolve("flights"),
              Contenders.ofFlights(home));
      case STREAMING -> {
        List<String> chosen = chosen(StreamBenchmark.contenders(), StreamBenchmark.usual());
        yield new StreamBenchmark(home, events, rate, rounds, state).run(chosen) ? 0 : 1;
      }
      case BACKFILL -> new BackfillBenchmark(home, rounds).run() ? 0 : 1;
      case STARTUP -> new StartupBenchmark(home, rounds).run() ? 0 : 1;
      case SCALE -> scale() ? 0 : 1;
    };
  }

  private boolean scale() throws Exception {
    require(warm >= 2, "--warm: " + warm + " (expected 2 or more, for one is cold)");
    require(
        largest >= LEAST_SCALE,
        "--largest: " + largest + " (expected " + LEAST_SCALE + " or more)");
    return new ScaleBenchmark(home, warm).run(largest);
  }

  private void require(boolean valid, String message) {
    if (!valid) {
      throw new ParameterException(spec.commandLine(), "Invalid " + message);
    }
  }

  private int race(Dataset dataset, Path folder, List<Contender> all) throws Exception {
    List<String> chosen = chosen(all.stream().map(Contender::key).toList(), Contenders.USUAL);
    List<Contender> contenders =
        all.stream().filter(contender -> chosen.contains(contender.key())).toList();
    return new Race(dataset, home, folder, rounds, warm).run(contenders, rows) ? 0 : 1;
  }

  private FlightSource source() throws IOException, InterruptedException {
    return flights == null ? FlightSource.fetched(target()) : FlightSource.at(flights);
  }

  private Path target() {
    return home.resolve("target");
  }

  private List<String> chosen(List<String> known, List<String> usual) {
    if (only.isEmpty()) {
      return usual;
    }
    if (only.equals(List.of("all"))) {
      return known;
    }
    require(known.containsAll(only), "--only: " + only + " (expected some of " + known + ")");
    return only;
  }
}
