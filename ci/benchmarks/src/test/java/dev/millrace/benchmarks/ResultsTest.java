package dev.millrace.benchmarks;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notANumber;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.benchmarks.run.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultsTest {
  private static final long ROWS = 1_000_000;

  @TempDir private Path folder;

  @Test
  void takesTheMedianOfTheColdRunsAndOfTheWarmRepetitionsButTheFirst() {
    assertThat(
        new Results(ROWS, List.of(score("native", 20))).table(),
        containsString(
            "| native | 30.00 (25.00 to 50.00) | 1.00 | 20.00 (19.00 to 21.00) | 1.00 | 30.0 |"
                + " 33333 | 50000 | 700 | right |"));
  }

  @Test
  void comparesAllWithNativeFlink() {
    assertThat(
        new Results(ROWS, List.of(score("millrace", 10), score("native", 20))).table(),
        containsString(
            "| millrace | 20.00 (15.00 to 40.00) | 0.67 | 10.00 (9.00 to 11.00) | 0.50"));
  }

  @Test
  void addsUpTheLimits() {
    List<Score> scores =
        Stream.of("a", "b", "c", "d")
            .map(name -> new Score(Contender.limit(name, name, Results.class), ROWS))
            .toList();
    scores.forEach(score -> score.addWarm(result(9, 1)));
    assertThat(
        new Results(ROWS, scores).table(), containsString("| physical limit | | | 4.00 | 4.00 |"));
  }

  @Test
  void countsTheRowsThatAContenderGets() {
    Score score = new Score(Contender.job("x", "x", Results.class).withDivisor(10), ROWS / 10);
    score.addCold(result(2));
    assertThat(score.cpuMicros(score.cold()).median(), closeTo(20, 1e-9));
  }

  @Test
  void drawsABarForEachFigure() throws IOException {
    new Results(ROWS, List.of(score("native", 20), score("a < b", 10))).write(folder);
    String chart = Files.readString(folder.resolve("results.svg"));
    assertThat(chart, containsString(">a &lt; b</text>"));
    assertThat(chart, containsString("width=\"440.0\""));
    assertThat(chart, containsString(">10.0 (x 0.50)</text>"));
  }

  @Test
  void callsAContenderWithDifferencesWrong() {
    Score score = score("native", 20);
    score.addCold(new Trial.Result(List.of(), List.of("ids: expected 2, found 1")));
    assertThat(
        new Results(ROWS, List.of(score)).table(),
        containsString("| native | WRONG | | | | | | | | |"));
  }

  @Test
  void writesEveryMeasurement() throws IOException {
    new Results(ROWS, List.of(score("native", 20))).write(folder);
    JsonNode json = new ObjectMapper().readTree(folder.resolve("results.json").toFile());
    assertThat(json.at("/rows").asLong(), equalTo(ROWS));
    assertThat(json.at("/native/cold").size(), equalTo(3));
    assertThat(json.at("/native/warm/0/cpuSeconds").asDouble(), closeTo(20, 0));
    assertThat(Files.readString(folder.resolve("results.md")), containsString("| native |"));
  }

  @Test
  void readsAMeasurementFromItsLine() throws IOException {
    Measurement measurement = new Measurement(1, 2.5, 1.25, 800);
    assertThat(Measurement.parse(measurement.toLine()), equalTo(measurement));
  }

  @Test
  void hasNoMedianOfNothing() {
    assertThat(Figure.of(List.of(), Measurement::cpuSeconds).median(), notANumber());
  }

  /** Three cold runs, ten seconds dearer in the middle than the warm repetitions. */
  private static Score score(String name, double warm) {
    Score score = new Score(Contender.job(name, name, Results.class), ROWS);
    for (double more : new double[] {30, 10, 5}) {
      score.addCold(result(warm + more));
    }
    score.addWarm(result(99, warm, warm - 1, warm + 1));
    return score;
  }

  private static Trial.Result result(double... seconds) {
    return new Trial.Result(
        Arrays.stream(seconds).mapToObj(s -> new Measurement(0, s, s, 700)).toList(), List.of());
  }
}
