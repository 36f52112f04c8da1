package dev.millrace.benchmarks;

import dev.millrace.benchmarks.run.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Contenders over the rows of a data set, each in processes of its own: first once over few rows,
 * not counted, then cold in turns, then warm. The table goes to standard output and, with the chart
 * and every measurement, to a folder, where logs and archives are, too.
 */
final class Race {
  private static final long TRAINING_ROWS = 20_000;

  private final Dataset dataset;
  private final ClassPaths classPaths;
  private final Path folder;
  private final int rounds;
  private final int warm;

  Race(Dataset dataset, Path home, Path folder, int rounds, int warm) {
    this.dataset = dataset;
    this.classPaths = new ClassPaths(home);
    this.folder = folder;
    this.rounds = rounds;
    this.warm = warm;
  }

  /** Runs contenders over so many rows; returns whether all outputs were right. */
  @SuppressWarnings("SystemOut") // the table is this program's output
  boolean run(List<Contender> contenders, long rows)
      throws IOException, InterruptedException, SQLException {
    Files.createDirectories(folder);
    Map<Integer, Trial> trials = new HashMap<>();
    List<Score> scores = new ArrayList<>();
    for (Contender contender : contenders) {
      if (!trials.containsKey(contender.divisor())) {
        trials.put(contender.divisor(), prepare(rows / contender.divisor()));
      }
      scores.add(new Score(contender, trials.get(contender.divisor()).rows()));
    }
    train(trials, scores);
    measure(trials, scores);
    Results results = new Results(rows, scores);
    results.write(folder);
    System.out.print(results.table());
    scores.forEach(score -> score.differences().forEach(System.out::println));
    return scores.stream().allMatch(Score::isRight);
  }

  private Trial prepare(long rows) throws IOException, SQLException {
    System.err.printf(Locale.ROOT, "Preparing %,d rows%n", rows);
    return new Trial(dataset.input(rows), classPaths, folder);
  }

  private void train(Map<Integer, Trial> trials, List<Score> scores)
      throws IOException, InterruptedException, SQLException {
    Input small = dataset.input(TRAINING_ROWS);
    for (Score score : scores) {
      System.err.printf("%s: archiving the classes of a small run%n", score.contender().title());
      trial(trials, score).train(score.contender(), small);
    }
  }

  /** In turns, so that a machine that grows slower or hotter does so for all of them. */
  private void measure(Map<Integer, Trial> trials, List<Score> scores)
      throws IOException, InterruptedException, SQLException {
    for (int round = 1; round <= rounds; round++) {
      for (Score score : scores) {
        if (!score.contender().isLimit()) {
          Trial.Result result = trial(trials, score).run(score.contender(), 1);
          score.addCold(result);
          progress(score, "cold " + round + " of " + rounds, result);
        }
      }
    }
    if (warm > 1) {
      for (Score score : scores) {
        Trial.Result result = trial(trials, score).run(score.contender(), warm);
        score.addWarm(result);
        progress(score, "warm", result);
      }
    }
  }

  private static Trial trial(Map<Integer, Trial> trials, Score score) {
    return trials.get(score.contender().divisor());
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
