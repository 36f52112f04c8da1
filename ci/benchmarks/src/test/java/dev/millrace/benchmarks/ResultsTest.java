package dev.millrace.benchmarks;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notANumber;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultsTest {
  private static final long ROWS = 1_000_000;

  @TempDir private Path folder;

  @Test
  void takesTheMedianOfTheColdRunsAndOfTheWarmRepetitionsButTheFirst() {
    assertThat(
        new Results(ROWS, List.of(score("native", 20))).table(),
        containsString("| native | 30.0 | 20.0 | 30.0 | 20.0 | 700 | right |"));
  }

  @Test
  void endsWithTheShareOfTheFirstContendersCost() {
    assertThat(
        new Results(ROWS, List.of(score("native", 20), score("millrace", 10))).table(),
        containsString("| millrace / native | 0.67 | 0.50 | 0.67 | 0.50 | 1.00 | |"));
  }

  @Test
  void callsAContenderWithDifferencesWrong() {
    Score score = score("native", 20);
    score.addCold(new Trial.Result(List.of(), List.of("ids: expected 2, found 1")));
    assertThat(
        new Results(ROWS, List.of(score)).table(), containsString("| native | WRONG | | | | | |"));
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
    assertThat(Score.median(List.of(), Measurement::cpuSeconds), notANumber());
  }

  /** Three cold runs, ten seconds dearer in the middle than the warm repetitions. */
  private static Score score(String name, double warm) {
    Score score = new Score(new Contender(name, name, Results.class, List.of()));
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
