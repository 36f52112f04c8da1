package dev.millrace.benchmarks;

import dev.millrace.benchmarks.backfill.BackfillBenchmark;
import dev.millrace.benchmarks.events.EventFiles;
import dev.millrace.benchmarks.events.Skew;
import dev.millrace.benchmarks.run.Measurement;
import dev.millrace.benchmarks.run.State;
import dev.millrace.benchmarks.startup.StartupBenchmark;
import dev.millrace.benchmarks.stream.StreamBenchmark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
      "1:an output is wrong",
      "2:wrong usage",
      "3:a contender failed"
    })
final class Benchmark implements Callable<Integer> {
  private static final long TRAINING_ROWS = 20_000;

  @Spec private CommandSpec spec;

  /** What is measured. */
  enum Workload {
    BATCH,
    STREAMING,
    BACKFILL,
    STARTUP
  }

  @Option(
      names = "--workload",
      description =
          "files, once, a topic, as it goes on, dated slices, or little: ${COMPLETION-CANDIDATES}"
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

  @Option(names = "--rows", description = "batch: rows of input (${DEFAULT-VALUE})")
  private long rows = 3_000_000;

  @Option(
      names = "--rounds",
      description = "cold runs of each contender; else: turns (${DEFAULT-VALUE})")
  private int rounds = 3;

  @Option(
      names = "--warm",
      description =
          "batch: repetitions in one process; the first is not counted (${DEFAULT-VALUE})")
  private int warm = 4;

  @Option(
      names = "--only",
      split = ",",
      description =
          "contenders, or all of them. Streaming: native, flink-sql, kafka-streams, millrace (native, millrace)."
              + " Batch: native, native-heap, native-expert, beam, flink-sql, spark, duckdb, millrace,"
              + " millrace-direct, limit-read, limit-parse, limit-hash, limit-parquet (native,"
              + " millrace)")
  private List<String> only = List.of();

  @Option(
      names = "--skew",
      description =
          "batch: what 80 %% of the rows have in common: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
  private Skew skew = Skew.NONE;

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
      case BATCH -> batch();
      case STREAMING -> {
        List<String> chosen = chosen(StreamBenchmark.contenders(), StreamBenchmark.usual());
        yield new StreamBenchmark(home, events, rate, rounds, state).run(chosen) ? 0 : 1;
      }
      case BACKFILL -> new BackfillBenchmark(home, rounds).run() ? 0 : 1;
      case STARTUP -> new StartupBenchmark(home, rounds).run() ? 0 : 1;
    };
  }

  @SuppressWarnings("SystemOut") // the table is this program's output
  private int batch() throws Exception {
    List<Score> scores =
        contenders().stream().map(one -> new Score(one, rows / one.divisor())).toList();
    Path target = home.resolve("target");
    Map<Long, Trial> trials = new HashMap<>();
    for (Score score : scores) {
      if (!trials.containsKey(score.rows())) {
        trials.put(score.rows(), prepare(score.rows(), target));
      }
    }
    train(trials, scores, EventFiles.of(target, TRAINING_ROWS, skew));
    measure(trials, scores);
    Results results = new Results(rows, scores);
    results.write(target);
    System.out.print(results.table());
    scores.forEach(score -> score.differences().forEach(System.out::println));
    return scores.stream().allMatch(Score::isRight) ? 0 : 1;
  }

  private Trial prepare(long number, Path target) throws IOException {
    EventFiles files = EventFiles.of(target, number, skew);
    System.err.printf(Locale.ROOT, "Preparing %,d events in %s%n", number, files.folder());
    return new Trial(files, files.prepare(), new ClassPaths(home), target);
  }

  private List<Contender> contenders() {
    List<Contender> all = Contenders.all(home);
    List<String> chosen = chosen(all.stream().map(Contender::key).toList(), Contenders.USUAL);
    return all.stream().filter(contender -> chosen.contains(contender.key())).toList();
  }

  private List<String> chosen(List<String> known, List<String> usual) {
    if (only.isEmpty()) {
      return usual;
    }
    if (only.equals(List.of("all"))) {
      return known;
    }
    if (!known.containsAll(only)) {
      throw new ParameterException(
          spec.commandLine(), "Invalid --only: " + only + " (expected some of " + known + ")");
    }
    return only;
  }

  private static void train(Map<Long, Trial> trials, List<Score> scores, EventFiles small)
      throws Exception {
    small.prepare();
    for (Score score : scores) {
      System.err.printf("%s: archiving the classes of a small run%n", score.contender().title());
      trials.get(score.rows()).train(score.contender(), small);
    }
  }

  /** In turns, so that a machine that grows slower or hotter does so for all of them. */
  private void measure(Map<Long, Trial> trials, List<Score> scores) throws Exception {
    for (int round = 1; round <= rounds; round++) {
      for (Score score : scores) {
        if (!score.contender().isLimit()) {
          Trial.Result result = trials.get(score.rows()).run(score.contender(), 1);
          score.addCold(result);
          progress(score, "cold " + round + " of " + rounds, result);
        }
      }
    }
    if (warm > 1) {
      for (Score score : scores) {
        Trial.Result result = trials.get(score.rows()).run(score.contender(), warm);
        score.addWarm(result);
        progress(score, "warm", result);
      }
    }
  }

  private static void progress(Score score, String what, Trial.Result result) {
    for (Measurement measurement : result.measurements()) {
      System.err.printf(
          Locale.ROOT,
          "%s, %s: %.1f s CPU, %.1f us/row, %.1f s%n",
          score.contender().title(),
          what,
          measurement.cpuSeconds(),
          measurement.cpuSeconds() * 1e6 / score.rows(),
          measurement.wallSeconds());
    }
  }
}
