package dev.millrace.benchmarks.scale;

import dev.millrace.benchmarks.ClassPaths;
import dev.millrace.benchmarks.Contender;
import dev.millrace.benchmarks.Input;
import dev.millrace.benchmarks.MillraceIngest;
import dev.millrace.benchmarks.Trial;
import dev.millrace.benchmarks.check.OutputCheck;
import dev.millrace.benchmarks.events.EventFiles;
import dev.millrace.benchmarks.events.Shape;
import dev.millrace.benchmarks.events.Truth;
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
 * Millrace over the events of the batch workload in other numbers and shapes, on embedded Flink,
 * each in a process of its own: once cold and then warm. Inputs are made before they are measured
 * and deleted afterwards; what is an input of several curves is measured once.
 */
public final class ScaleBenchmark {
  private static final long TRAINING_ROWS = 20_000;

  private record Key(long rows, Shape shape) {}

  private final Path home;
  private final Path target;
  private final Path folder;
  private final ClassPaths classPaths;
  private final int repetitions;
  private final Map<Key, PointScore> measured = new HashMap<>();

  /**
   * A benchmark.
   *
   * @param benchmarks the folder of the benchmarks
   * @param repetitions runs in a process; the first is the cold one
   */
  public ScaleBenchmark(Path benchmarks, int repetitions) throws IOException {
    this.home = benchmarks.toRealPath();
    this.target = home.resolve("target");
    this.folder = target.resolve("scale");
    this.classPaths = new ClassPaths(home);
    this.repetitions = repetitions;
  }

  /**
   * Measures inputs up to so many rows and prints the tables; returns whether all outputs were
   * right, and no cost rises too fast.
   */
  @SuppressWarnings("SystemOut") // the tables are this program's output
  public boolean run(long largest) throws IOException, InterruptedException, SQLException {
    Files.createDirectories(folder);
    train();
    List<CurveScore> curves = new ArrayList<>();
    for (Curve curve : Curve.upTo(largest)) {
      List<PointScore> scores = new ArrayList<>();
      for (Point point : curve.points()) {
        scores.add(measure(curve, point));
      }
      curves.add(new CurveScore(curve, scores));
    }
    ScaleTable table = new ScaleTable(curves);
    table.write(target);
    System.out.print(table.text());
    measured.values().forEach(score -> score.differences().forEach(System.out::println));
    return curves.stream().allMatch(CurveScore::isGood);
  }

  private void train() throws IOException, InterruptedException {
    EventFiles small = EventFiles.of(folder, TRAINING_ROWS, Shape.USUAL);
    Input input = input(small, small.prepare());
    new Trial(input, classPaths, folder).train(millrace(Shape.USUAL), input);
    small.delete();
  }

  private PointScore measure(Curve curve, Point point)
      throws IOException, InterruptedException, SQLException {
    Key key = new Key(point.rows(), point.shape());
    if (!measured.containsKey(key)) {
      measured.put(key, measure(point));
    }
    PointScore score = measured.get(key);
    System.err.printf(
        Locale.ROOT,
        "%s: %,.0f of %,d rows: %.1f s CPU cold, %.1f s warm%n",
        curve.axis(),
        point.x(),
        point.rows(),
        score.coldSeconds(),
        score.warmSeconds());
    return score;
  }

  private PointScore measure(Point point) throws IOException, InterruptedException, SQLException {
    EventFiles files = EventFiles.of(folder, point.rows(), point.shape());
    Trial trial = new Trial(input(files, files.prepare()), classPaths, folder);
    PointScore score = PointScore.of(trial.run(millrace(point.shape()), repetitions));
    files.delete();
    return score;
  }

  private static Input input(EventFiles files, Truth truth) {
    return new Input(
        files.folder(), truth.rows(), output -> OutputCheck.differences(truth, output));
  }

  private Contender millrace(Shape shape) throws IOException {
    Path contract = ShapedContract.write(home.resolve("events.odcs.yaml"), shape, folder);
    return Contender.job(
        "millrace",
        "Millrace",
        MillraceIngest.class,
        home.resolve("events.job.yaml").toString(),
        "FlinkRunner",
        "--contract=" + contract);
  }
}
