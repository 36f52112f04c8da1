package dev.millrace.benchmarks.scale;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.millrace.benchmarks.MillraceIngest;
import dev.millrace.benchmarks.check.OutputCheck;
import dev.millrace.benchmarks.events.EventFiles;
import dev.millrace.benchmarks.events.Shape;
import dev.millrace.benchmarks.events.Truth;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurveTest {
  private static final Path CONTRACT = Path.of("events.odcs.yaml");
  private static final Path JOB = Path.of("events.job.yaml");

  @TempDir private Path folder;

  @Test
  void hasNoInputOfMoreRowsThanTheLargest() {
    List<Point> all = Curve.upTo(200_000).stream().flatMap(each -> each.points().stream()).toList();
    assertThat(all.stream().map(Point::rows).toList(), everyItem(lessThanOrEqualTo(200_000L)));
    assertThat(
        Curve.upTo(30_000_000).get(0).points().stream().map(Point::rows).toList(),
        contains(100_000L, 300_000L, 1_000_000L, 3_000_000L, 10_000_000L, 30_000_000L));
  }

  @Test
  void hasWideRowsThatMillraceTakesByTheirContract() throws Exception {
    Truth truth = ingest(Shape.USUAL.withFields(20).withRejects(0).withDays(30));

    assertThat(truth.sums().attributes(), greaterThan(0L));
    assertThat(truth.rejected(), is(0L));
  }

  @Test
  void hasNarrowRowsWhoseFlawsAreFlaws() throws Exception {
    Truth truth = ingest(Shape.USUAL.withFields(Shape.FEWEST_FIELDS).withRejects(50));

    assertThat(truth.sums().signedIn(), is(0L));
    assertThat(truth.flawed(), greaterThan(0L));
  }

  private Truth ingest(Shape shape) throws Exception {
    EventFiles files = EventFiles.of(folder, 4000, shape);
    Truth truth = files.prepare();
    Path contract = ShapedContract.write(CONTRACT, shape, folder);
    Path output = folder.resolve("output");
    List<String> options = List.of("--contract=" + contract, "--targetParallelism=1");

    MillraceIngest.run(JOB, "DirectRunner", options, files.folder(), output);

    assertThat(OutputCheck.differences(truth, output), empty());
    return truth;
  }

  @Test
  void saysWhatRisesTooFast() {
    Curve curve = new Curve("rows", List.of(point(1), point(2), point(4)));
    CurveScore slow = new CurveScore(curve, List.of(score(2), score(3), score(5)));
    CurveScore fast = new CurveScore(curve, List.of(score(2), score(3), score(11)));

    assertThat(slow.isGood(), is(true));
    assertThat(fast.isGood(), is(false));
    assertThat(
        new ScaleTable(List.of(slow)).text(),
        containsString(
            "CPU warm grows with exponent 1.00, to 2.50 times that of the first point\n"));
    assertThat(
        new ScaleTable(List.of(fast)).text(),
        containsString("exponent 2.00, to 5.50 times that of the first point: TOO FAST"));
  }

  private static Point point(long rows) {
    return new Point(rows, rows, Shape.USUAL);
  }

  private static PointScore score(double seconds) {
    return new PointScore(seconds, seconds, seconds, 700, List.of());
  }
}
