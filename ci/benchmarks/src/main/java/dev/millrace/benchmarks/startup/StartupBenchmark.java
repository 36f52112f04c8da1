package dev.millrace.benchmarks.startup;

import dev.millrace.benchmarks.check.OutputCheck;
import dev.millrace.benchmarks.events.EventFiles;
import dev.millrace.benchmarks.events.Skew;
import dev.millrace.benchmarks.events.Truth;
import dev.millrace.benchmarks.run.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Help, the demo and runs of few rows, in turns: by the launcher script, as users start them, with
 * the class-data archive that it makes and without. The runs' output is compared with the truth;
 * the demo's audit is its own.
 */
public final class StartupBenchmark {
  private static final int ROWS = 1000;

  private final Path home;
  private final Path benchmarks;
  private final Path target;
  private final Path output;
  private final int rounds;

  /**
   * A benchmark.
   *
   * @param benchmarks the folder of the benchmarks, in that of the source
   * @param rounds how many turns each command has
   */
  public StartupBenchmark(Path benchmarks, int rounds) throws IOException {
    this.benchmarks = benchmarks.toRealPath();
    this.home = this.benchmarks.resolve("../..").normalize();
    this.target = this.benchmarks.resolve("target");
    this.output = target.resolve("startup");
    this.rounds = rounds;
  }

  /** Measures and prints the tables; returns whether all outputs were right. */
  @SuppressWarnings("SystemOut") // the tables are this program's output
  public boolean run() throws IOException, InterruptedException, SQLException {
    LauncherProcess launcher = new LauncherProcess(home, target);
    launcher.run(Archive.JDK, List.of("--version")); // which builds what isn't built
    requireArchive();
    List<StartupScore> scores = scores();
    for (int round = 1; round <= rounds; round++) {
      for (StartupScore score : scores) {
        measure(launcher, score);
        progress(score, round);
      }
    }
    StartupTable table = new StartupTable(scores);
    table.write(target);
    System.out.print(table.text());
    scores.forEach(score -> score.differences().forEach(System.out::println));
    return scores.stream().allMatch(score -> score.differences().isEmpty());
  }

  private void requireArchive() throws IOException {
    Path archive = Archive.LAUNCHER.file(home);
    if (!Files.exists(archive)) {
      throw new IOException("Cannot find the launcher's archive: there is no " + archive);
    }
  }

  private List<StartupScore> scores() throws IOException {
    List<StartupScore> scores = new ArrayList<>();
    for (Command command : commands()) {
      for (Archive archive : Archive.values()) {
        scores.add(new StartupScore(command, archive));
      }
    }
    return scores;
  }

  private List<Command> commands() throws IOException {
    EventFiles events = EventFiles.of(target, ROWS, Skew.NONE);
    Truth truth = events.prepare();
    String written = "--output=" + output.resolve("out");
    String ledger = "--ledger=" + output.resolve("ledger.db");
    String job = benchmarks.resolve("events.job.yaml").toString();
    String input = "--input=" + events.folder() + "/*.ndjson";
    return List.of(
        Command.of("--help", "--help"),
        Command.of("demo", "demo", written, ledger),
        Command.of("run, DirectRunner", "run", job, "--runner=DirectRunner", input, written, ledger)
            .withTruth(truth),
        Command.of("run, FlinkRunner", "run", job, "--runner=FlinkRunner", input, written, ledger)
            .withTruth(truth));
  }

  private void measure(LauncherProcess launcher, StartupScore score)
      throws IOException, InterruptedException, SQLException {
    Folders.delete(output);
    Files.createDirectories(output);
    score.starts().add(launcher.run(score.archive(), score.command().arguments()));
    if (score.command().truth().isPresent()) {
      Truth truth = score.command().truth().get();
      score.differences().addAll(OutputCheck.differences(truth, output.resolve("out")));
    }
  }

  private void progress(StartupScore score, int round) {
    Start last = score.starts().get(score.starts().size() - 1);
    System.err.printf(
        Locale.ROOT,
        "%s, archive: %s, %d of %d: %.2f s, %.2f s CPU%n",
        score.command().title(),
        score.archive().text,
        round,
        rounds,
        last.wallSeconds(),
        last.cpuSeconds());
  }
}
